package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.qilin.core.expression.Expression;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README shows is what the program does. */
class ReadmeTest {
  private static final Pattern ARGUMENT = Pattern.compile("parse\\(\"(.*)\"\\)");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void whenTheFirstProgramIsShown_thenItIsQuickStart(String readme) throws IOException {
    page(readme).assertShows(0, QuickStart.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void whenTheFirstProgramRuns_thenItPrintsWhatIsShown(String readme) throws IOException {
    page(readme).assertPrinted(1, QuickStart::run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void whenTheErrorIsMade_thenItsMessageIsTheOneShown(String readme) throws IOException {
    Matcher call = ARGUMENT.matcher(page(readme).blocks().get(2));
    assertThat(call.find()).isTrue();
    Throwable error = catchThrowable(() -> Expression.parse(call.group(1)));
    assertThat(error.getMessage().lines())
        .containsExactlyElementsOf(page(readme).blocks().get(3).lines().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void whenTheStreamIsShown_thenItIsStreamFactors(String readme) throws IOException {
    page(readme).assertShows(4, StreamFactors.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void whenTheStreamRuns_thenItPrintsWhatIsShown(String readme) throws IOException {
    page(readme).assertPrinted(5, StreamFactors::run);
  }

  private static DocPage page(String readme) throws IOException {
    DocPage page = DocPage.of(readme);
    assertThat(page.blocks()).as("blocks of %s", readme).hasSize(6);
    return page;
  }
}
