package io.qilin.ops.logging.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.util.Duration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.api.secret.Secret;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.health.HealthStatus;
import io.qilin.ops.logging.KnownSecrets;
import io.qilin.ops.logging.LogField;
import io.qilin.ops.logging.LogMasker;
import io.qilin.ops.logging.LogScope;
import io.qilin.ops.logging.SlowCalls;
import io.qilin.security.pii.PiiRedactor;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/ops-logging.md: the configuration there is loaded, the code there is the code here. */
class LoggingDocTest {
  private static final Path PAGE = Path.of("..", "docs", "ops-logging.md");

  @TempDir
  Path folder;

  private static String block(String language) throws Exception {
    String page = Files.readString(PAGE);
    int start = page.indexOf("```" + language + "\n") + language.length() + 4;
    return page.substring(start, page.indexOf("```", start));
  }

  @Test
  @SuppressWarnings("try") // A scope is there to be closed, not to be used.
  void whenTheConfigurationOfThePageIsLoaded_thenItWritesWhatThePageSays() throws Exception {
    LogHost host = new LogHost();
    host.context.putProperty("LOG_FOLDER", folder.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(host.context);
    configurator.doConfigure(
        new ByteArrayInputStream(block("xml").getBytes(StandardCharsets.UTF_8)));
    assertThat(host.context.getStatusManager().getCopyOfStatusList())
        .noneMatch(status -> status.getLevel() >= Status.WARN);

    Logger root = host.context.getLogger(Logger.ROOT_LOGGER_NAME);
    Secret databasePassword = Secret.of("correct-horse");
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    // tag::host[]
    SampledAppender log = (SampledAppender) root.getAppender("QILIN");
    KnownSecrets secrets = new KnownSecrets();
    secrets.add(databasePassword);
    PiiRedactor redactor = PiiRedactor.masking();
    log.setMasker(secrets.and(LogMasker.credentials()).and(redactor::text));
    log.account().bindTo(meters);
    // end::host[]
    log.setDrainTime(Duration.buildBySeconds(30));
    Logger logger = host.logger;
    // The clock stands still: no call is slow, however busy the machine is.
    SlowCalls slow = SlowCalls.builder(() -> 0).build();
    // tag::use[]
    try (LogScope stock = LogScope.of(LogField.STOCK, "600519.SH")) {
      String id = slow.call("desk.order", () -> "o-17");
      logger.info("order {} of 13812345678 with correct-horse\nERROR forged", id);
    }
    // end::use[]
    host.context.stop();

    String written = Files.readString(folder.resolve("qilin.log"));
    assertThat(written.replaceFirst("\"time\":\"[^\"]*\"", "\"time\":\"…\"").strip())
        .isEqualTo(block("json")
            .strip()
            .replace(
                "\"thread\":\"main\"", "\"thread\":\"" + Thread.currentThread().getName() + "\""));
    HealthResult health = log.health();
    assertThat(health.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(meters
            .get("qilin.log.events")
            .tag("level", "info")
            .tag("outcome", "written")
            .functionCounter()
            .count())
        .isEqualTo(1);
  }

  @Test
  void whenThePageShowsCode_thenItIsTheCodeOfThisTest() throws Exception {
    String source =
        Files.readString(Path.of("src/test/java/io/qilin/ops/logging/logback/LoggingDocTest.java"));
    String code = block("java");
    for (String tag : new String[] {"host", "use"}) {
      int start = source.indexOf("// tag::" + tag + "[]\n") + 11 + tag.length();
      int end = source.lastIndexOf('\n', source.indexOf("// end::" + tag));
      String region = source.substring(start, end);
      assertThat(code).contains(region.stripIndent().strip());
    }
  }
}
