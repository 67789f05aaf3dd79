package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/ops-config.md shows is what this class does. */
class ConfigDocTest {
  private static final Pattern BLOCK = Pattern.compile("```[a-z]+\n(.*?)```", Pattern.DOTALL);
  private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("docs");

  record App(List<Symbol> universe, Limits limits, List<Model> models) {}

  record Limits(int maxPositions, @ConfigDefault("0.10") double maxShare, Duration pause) {
    Limits {
      if (!(maxShare > 0 && maxShare <= 1)) {
        throw QilinException.invalid("max-share must be in (0, 1], was " + maxShare);
      }
    }
  }

  record Model(String name, Optional<URI> address, Secret apiKey) {}

  private static void run(
      Path folder, Map<String, String> environment, SecretReader opener, PrintStream out) {
    ConfigLoader<App> loader = ConfigLoader.builder(App.class)
        .file(folder.resolve("app.yaml"))
        .optionalFile(folder.resolve("local.yaml"))
        .profile("live")
        .environment(environment, "QILIN_")
        .secrets(opener)
        .build();
    Loaded<App> loaded = loader.load();
    out.print(loaded.tree().print());
  }

  @Test
  void whenThePageIsShown_thenItIsThisProgram(@TempDir Path folder) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(ROOT.resolve("ops-config.md")));
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    String source = Files.readString(
        ROOT.resolveSibling("qilin-ops/src/test/java/io/qilin/ops/config/ConfigDocTest.java"));
    assertThat(withoutSpace(source))
        .contains(withoutSpace(blocks.get(0)))
        .contains(withoutSpace(blocks.get(2)));
    Files.writeString(folder.resolve("app.yaml"), blocks.get(1));
    assertThat(told(folder, Map.of("QILIN_LIMITS_MAX__SHARE", "0.05"))).isEqualTo(blocks.get(3));
    Files.writeString(
        folder.resolve("app.yaml"),
        blocks.get(1).replace("max-positions", "max-positons").replace("5m", "soon"));
    assertThat(told(folder, Map.of())).isEqualTo("QILIN-1002 " + blocks.get(4));
  }

  private static String told(Path folder, Map<String, String> environment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      run(folder, environment, (path, text) -> Secret.of("opened"), out);
    } catch (QilinException e) {
      return e.getMessage().replace(folder.toAbsolutePath() + "/", "") + "\n";
    }
    return bytes.toString(StandardCharsets.UTF_8).replace(folder.toAbsolutePath() + "/", "");
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }
}
