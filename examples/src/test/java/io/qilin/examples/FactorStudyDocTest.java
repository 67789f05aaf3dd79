package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.core.factor.StudyConventions;
import io.qilin.core.factor.StudySettings;
import io.qilin.core.factor.report.StudyReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/factor-study.md shows is what the program does. */
class FactorStudyDocTest {
  private static final Pattern BLOCK = Pattern.compile("```(java|text)\n(.*?)```", Pattern.DOTALL);

  @Test
  void whenTheProgramIsShown_thenItIsStudyFactors() throws IOException {
    String source = Files.readString(
        root().resolve("examples/src/main/java/io/qilin/examples/StudyFactors.java"));
    assertThat(withoutSpace(source)).contains(withoutSpace(blocks().get(0)));
  }

  @Test
  void whenTheProgramRuns_thenItPrintsWhatIsShown() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    StudyReport report = StudyFactors.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactlyElementsOf(blocks().get(1).lines().toList());
    assertThat(report.text()).contains("20 trials", "The market is made up.");
    assertThat(report.html()).contains("The market is made up.");
  }

  @Test
  void whenAFigureHasAConvention_thenTheDictionaryHasIt() throws IOException {
    for (StudyConventions.Convention convention : StudyConventions.of(StudySettings.DEFAULT)) {
      assertThat(doc()).contains("| " + convention.metric() + " |");
    }
  }

  private static String doc() throws IOException {
    return Files.readString(root().resolve("docs/factor-study.md"));
  }

  private static List<String> blocks() throws IOException {
    Matcher matcher = BLOCK.matcher(doc());
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(2));
    }
    return blocks;
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }

  /** The folder of the checkout: the nearest one above that holds the document. */
  private static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("docs/factor-study.md"))) {
        return at;
      }
    }
    throw new AssertionError("docs/factor-study.md is not above the working directory");
  }
}
