package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.qilin.core.expression.Expression;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README shows is what the program does. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```(java|text)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ARGUMENT = Pattern.compile("parse\\(\"(.*)\"\\)");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void whenTheFirstProgramIsShown_thenItIsQuickStart(String readme) throws IOException {
    String source = Files.readString(
        root().resolve("examples/src/main/java/io/qilin/examples/QuickStart.java"));
    assertThat(withoutSpace(source)).contains(withoutSpace(blocks(readme).get(0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void whenTheFirstProgramRuns_thenItPrintsWhatIsShown(String readme) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    QuickStart.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactlyElementsOf(blocks(readme).get(1).lines().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void whenTheErrorIsMade_thenItsMessageIsTheOneShown(String readme) throws IOException {
    Matcher call = ARGUMENT.matcher(blocks(readme).get(2));
    assertThat(call.find()).isTrue();
    Throwable error = catchThrowable(() -> Expression.parse(call.group(1)));
    assertThat(error.getMessage().lines())
        .containsExactlyElementsOf(blocks(readme).get(3).lines().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void whenTheStreamIsShown_thenItIsStreamFactors(String readme) throws IOException {
    String source = Files.readString(
        root().resolve("examples/src/main/java/io/qilin/examples/StreamFactors.java"));
    assertThat(withoutSpace(source)).contains(withoutSpace(blocks(readme).get(4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void whenTheStreamRuns_thenItPrintsWhatIsShown(String readme) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    StreamFactors.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactlyElementsOf(blocks(readme).get(5).lines().toList());
  }

  private static List<String> blocks(String readme) throws IOException {
    Matcher matcher = BLOCK.matcher(Files.readString(root().resolve(readme)));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(2));
    }
    assertThat(blocks).as("blocks of %s", readme).hasSize(6);
    return blocks;
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }

  /** The folder of the checkout: the nearest one above that holds the Chinese README. */
  private static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("README.zh-CN.md"))) {
        return at;
      }
    }
    throw new AssertionError("the README is not above the working directory");
  }
}
