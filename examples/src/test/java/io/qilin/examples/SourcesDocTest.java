package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What docs/sources.md shows is what the program does. */
class SourcesDocTest {
  private static final Pattern BLOCK = Pattern.compile("```(java|text)\n(.*?)```", Pattern.DOTALL);

  @Test
  void whenTheProgramIsShown_thenItIsFailover() throws IOException {
    String source =
        Files.readString(root().resolve("examples/src/main/java/io/qilin/examples/Failover.java"));
    assertThat(withoutSpace(source)).contains(withoutSpace(blocks().get(0)));
  }

  @Test
  void whenTheProgramRuns_thenItPrintsWhatIsShown() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Failover.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactlyElementsOf(blocks().get(1).lines().toList());
  }

  private static List<String> blocks() throws IOException {
    List<String> found = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(root().resolve("docs/sources.md")));
    while (matcher.find()) {
      found.add(matcher.group(2));
    }
    return found;
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("docs")) ? here : here.resolve("..").normalize();
  }
}
