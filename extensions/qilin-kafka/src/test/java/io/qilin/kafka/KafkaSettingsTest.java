package io.qilin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaSettingsTest {
  private static final String PASSWORD = "hunter2-\"and\\more";

  private static KafkaSettings.Builder builder() {
    return KafkaSettings.builder("127.0.0.1:1");
  }

  private static QilinException refused(ThrowingCallable call) {
    return catchThrowableOfType(QilinException.class, call);
  }

  @ParameterizedTest
  @CsvSource({
    "enable.auto.commit, true, durable",
    "auto.offset.reset, earliest, StartAt",
    "isolation.level, read_uncommitted, committed",
    "acks, 0, replicas",
    "enable.idempotence, false, replicas",
    "transactional.id, x, name of the sink",
    "group.id, x, argument",
    "interceptor.classes, x, interceptor",
    "partitioner.class, x, order",
    "delivery.timeout.ms, 1, deadline",
    "value.deserializer, x, bytes",
    "linger.msec, 1, did you mean 'linger.ms'?",
    "sasl.jaas.config, x, secret",
    "ssl.key.password, x, secret"
  })
  void whenAPropertyBreaksWhatIsPromised_thenItIsRefusedWithTheReason(
      String name, String value, String why) {
    QilinException e = refused(() -> builder().property(name, value));
    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    assertThat(e).hasMessageContaining(name).hasMessageContaining(why);
  }

  @Test
  void whenAPropertyIsNoneOfQilins_thenEachClientGetsWhatItKnows() {
    KafkaSettings settings = builder()
        .property("security.protocol", "SSL")
        .property("compression.type", "lz4")
        .property("fetch.min.bytes", "10")
        .build();
    assertThat(settings.producer(1000))
        .containsEntry("security.protocol", "SSL")
        .containsEntry("compression.type", "lz4")
        .containsEntry("acks", "all")
        .doesNotContainKey("fetch.min.bytes");
    assertThat(settings.consumer("g", 7))
        .containsEntry("fetch.min.bytes", "10")
        .containsEntry("enable.auto.commit", false)
        .doesNotContainKey("compression.type");
    assertThat(settings.admin()).doesNotContainKeys("fetch.min.bytes", "compression.type");
  }

  @Test
  void whenPrinted_thenNoSecretAndNoValueIsShown() {
    KafkaSettings settings = builder()
        .sasl("SCRAM-SHA-512", "qilin", Secret.of(PASSWORD))
        .property("ssl.truststore.location", "/where/it/is")
        .build();
    assertThat(settings.toString())
        .contains("127.0.0.1:1", "sasl.jaas.config", "ssl.truststore.location")
        .doesNotContain("hunter2", "/where/it/is");
  }

  @Test
  void whenAClientCannotBeMade_thenTheMessageTellsNoSecret() {
    KafkaSettings settings = builder()
        .property("security.protocol", "SASL_PLAINTEXT")
        .secret("sasl.jaas.config", Secret.of("no.such.hunter2.Module required;"))
        .property("sasl.mechanism", "PLAIN")
        .build();
    QilinException e = refused(
        () -> KafkaReader.builder(settings, "g", StartAt.EARLIEST).topic("t").open());
    for (Throwable each = e; each != null; each = each.getCause()) {
      assertThat(each.getMessage()).doesNotContain("no.such.hunter2.Module required;");
    }
    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
  }

  @Test
  void whenASecretIsGoneWhenAClientCannotBeMade_thenItIsStillNotTold() {
    List<String> asked = new ArrayList<>();
    KafkaSettings settings = builder()
        .property("security.protocol", "SASL_PLAINTEXT")
        .property("sasl.mechanism", "PLAIN")
        .secret(
            "sasl.jaas.config",
            name -> {
              asked.add(name);
              return asked.size() > 1
                  ? Optional.empty()
                  : Optional.of(Secret.of("no.such.hunter2.Module required;"));
            },
            "kafka/login")
        .build();
    QilinException e = refused(
        () -> KafkaReader.builder(settings, "g", StartAt.EARLIEST).topic("t").open());
    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    for (Throwable each = e; each != null; each = each.getCause()) {
      assertThat(each.getMessage()).doesNotContain("no.such.hunter2.Module required;");
    }
  }

  @Test
  void whenAPasswordHasQuotes_thenItCannotEndTheLine() {
    KafkaSettings settings = builder().sasl("PLAIN", "a", Secret.of(PASSWORD)).build();
    assertThat((String) settings.admin().get("sasl.jaas.config"))
        .endsWith("password=\"hunter2-\\\"and\\\\more\";");
    assertThat(refused(() -> builder().sasl("PLAIN", "a", Secret.of("x\ny"))).code())
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    assertThat(refused(() -> builder().sasl("GSSAPI", "a", Secret.of("x"))))
        .hasMessageContaining("SCRAM-SHA-512");
  }

  @Test
  void whenASecretIsKeptElsewhere_thenItIsAskedForEachClientAndMayBeMissing() {
    List<String> asked = new ArrayList<>();
    KafkaSettings settings = builder()
        .secret(
            "ssl.key.password",
            name -> {
              asked.add(name);
              return asked.size() > 2 ? Optional.empty() : Optional.of(Secret.of("k"));
            },
            "kafka/key")
        .build();
    assertThat(asked).isEmpty();
    settings.admin();
    assertThat(settings.admin()).containsEntry("ssl.key.password", "k");
    assertThat(asked).containsExactly("kafka/key", "kafka/key");
    QilinException e = refused(settings::admin);
    assertThat(e.code()).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    assertThat(e).hasMessageContaining("kafka/key");
  }

  @Test
  void whenASettingCannotBe_thenItIsRefused() {
    assertThatThrownBy(() -> KafkaSettings.builder(" ")).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> builder().deadline(Duration.ofMillis(1)))
        .hasMessageContaining("100 ms");
    assertThatThrownBy(() -> builder().secret("acks", Secret.of("x")))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> builder().secret("client.rack", Secret.of("x")))
        .hasMessageContaining("property(..)");
    KafkaSettings settings = builder().build();
    assertThatThrownBy(() -> KafkaReader.builder(settings, "", StartAt.EARLIEST))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(
            () -> KafkaReader.builder(settings, "g", StartAt.EARLIEST).open())
        .hasMessageContaining("needs a topic");
    assertThatThrownBy(
            () -> KafkaReader.builder(settings, "g", StartAt.EARLIEST).topic("a b"))
        .hasMessageContaining("'a b'");
  }
}
