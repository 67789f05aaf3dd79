package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.core.factor.StudyConventions;
import io.qilin.core.factor.StudySettings;
import io.qilin.core.factor.report.StudyReport;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What docs/factor-study.md shows is what the program does. */
class FactorStudyDocTest {
  @Test
  void whenTheProgramIsShown_thenItIsStudyFactors() throws IOException {
    page().assertShows(0, StudyFactors.class);
  }

  @Test
  void whenTheProgramRuns_thenItPrintsWhatIsShown() throws IOException {
    page().assertPrinted(1, out -> {
      StudyReport report = StudyFactors.run(out);
      assertThat(report.text()).contains("20 trials", "The market is made up.");
      assertThat(report.html()).contains("The market is made up.");
    });
  }

  @Test
  void whenAFigureHasAConvention_thenTheDictionaryHasIt() throws IOException {
    for (StudyConventions.Convention convention : StudyConventions.of(StudySettings.DEFAULT)) {
      assertThat(page().text()).contains("| " + convention.metric() + " |");
    }
  }

  private static DocPage page() throws IOException {
    return DocPage.of("docs/factor-study.md");
  }
}
