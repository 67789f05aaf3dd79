package io.qilin.ops.logging.logback;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.ops.logging.KnownSecrets;
import io.qilin.ops.logging.LogMasker;
import io.qilin.ops.logging.LogScope;
import io.qilin.security.pii.PiiRedactor;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaskingAppenderTest {
  private final LogHost host = new LogHost();
  private final GateSink sink = new GateSink();
  private final MaskingAppender appender = new MaskingAppender();

  @BeforeEach
  void attach() {
    appender.addAppender(sink);
    host.attach(appender);
  }

  @AfterEach
  void stop() {
    host.context.stop();
  }

  private String line() {
    return LogHost.text(new LineEncoder().encode(sink.got().get(sink.got().size() - 1)));
  }

  @Test
  void whenSecretsAndPersonalDataAreAnywhere_thenNoneReachesTheSink() {
    KnownSecrets secrets = new KnownSecrets();
    secrets.add(Secret.of("correct-horse"));
    PiiRedactor redactor = PiiRedactor.masking();
    appender.setMasker(secrets.and(LogMasker.credentials()).and(redactor::text));
    String text = "correct-horse, postgres://u:pw@db/x, call 13812345678, token=abc";
    try (LogScope scope = LogScope.of(Map.of("note", text, "api-key", "k-123", "stock", text))) {
      assertThat(scope).isNotNull();
      host.logger
          .atError()
          .addKeyValue("pair", text)
          .addKeyValue("password", "pw")
          .setCause(new java.io.IOException(text, new java.io.IOException(text)))
          .log("say {}", text);
    }
    String line = line();
    assertThat(line)
        .doesNotContain("correct-horse", "u:pw", "13812345678", "abc", "k-123", "\"pw\"")
        .contains("say ***, postgres://***@db/x, call 138****5678, token=***");
    assertThat(line.split("138\\*\\*\\*\\*5678", -1)).as("in six places").hasSize(7);
  }

  @Test
  void whenTheMaskerFails_thenTheLineIsWrittenWithoutItsTexts() {
    for (LogMasker broken : new LogMasker[] {
      text -> {
        throw new QilinException(ErrorCode.SECURITY_UNAVAILABLE, text);
      },
      text -> {
        throw new StackOverflowError(text);
      },
      text -> null
    }) {
      appender.setMasker(broken);
      try (LogScope scope = LogScope.of(Map.of("note", "secret", "stock", "secret"))) {
        host.logger.error("a secret {}", scope == null, new java.io.IOException("secret"));
      }
      assertThat(line())
          .doesNotContain("secret")
          .contains(EventMasker.WITHHELD, "\"level\":\"ERROR\"", "java.io.IOException");
    }
  }

  @Test
  void whenATextIsHuge_thenTheMaskerSeesABoundedPartAndNoHalfSecretIsShown() {
    int[] longest = {0};
    KnownSecrets secrets = new KnownSecrets();
    String secret = "s3cr3t-".repeat(500);
    secrets.add(Secret.of(secret));
    appender.setMasker(text -> {
      longest[0] = Math.max(longest[0], text.length());
      return secrets.mask(text);
    });
    for (int before : new int[] {16_380, 17_000, 20_000, 20_479}) {
      host.logger.warn("x".repeat(before) + secret + "y".repeat(100_000));
      assertThat(line()).doesNotContain("s3c").contains("\"cut\":{\"message\":");
    }
    assertThat(longest[0]).isLessThanOrEqualTo(HeldText.SHOWN + HeldText.MARGIN);
  }

  @Test
  void whenAskedFor_thenTheCallerIsFound() {
    appender.setCallerData(true);
    host.logger.info("here");
    assertThat(LogHost.text(new PlainLine().encode(sink.got().get(0))))
        .contains("[MaskingAppenderTest.java:");
  }

  @Test
  void whenAppendersAreAskedFor_thenTheyAreThoseAttached() {
    sink.setName("sink");
    assertThat(appender.getAppender("sink")).isSameAs(sink);
    assertThat(appender.isAttached(sink)).isTrue();
    assertThat(appender.iteratorForAppenders().next()).isSameAs(sink);
    assertThat(appender.detachAppender("sink")).isTrue();
    assertThat(appender.detachAppender(sink)).isFalse();
  }
}
