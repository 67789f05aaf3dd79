package io.qilin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadSchemasTest {
  private static final SchemaVersion CURRENT = new SchemaVersion("ticks", 3, 1);
  private static final PayloadSchemas SCHEMAS =
      PayloadSchemas.of(CURRENT).upcast(1, adding("b")).upcast(2, adding("c"));

  private static UnaryOperator<byte[]> adding(String letter) {
    return old ->
        (new String(old, StandardCharsets.UTF_8) + letter).getBytes(StandardCharsets.UTF_8);
  }

  private static String read(PayloadSchemas schemas, String name, String version) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(KafkaHeaders.SCHEMA, name.getBytes(StandardCharsets.UTF_8));
    headers.add(KafkaHeaders.SCHEMA_VERSION, version.getBytes(StandardCharsets.UTF_8));
    return new String(schemas.read(headers, new byte[] {'a'}), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"1.0, abc", "1.7, abc", "2.0, ac", "3.0, a", "3.9, a"})
  void whenAVersionIsKnown_thenItIsLiftedToTheCurrentOne(String version, String payload) {
    assertThat(read(SCHEMAS, "ticks", version)).isEqualTo(payload);
  }

  @ParameterizedTest
  @CsvSource({
    "ticks, 4.0",
    "news, 3.1",
    "ticks, 3",
    "ticks, x",
    "ticks, 0.1",
    "ticks, 99999.0",
    "'', ''",
    "ticks, ''",
    "'', 3.1",
    "ticks, -1.0"
  })
  void whenAVersionIsNotKnown_thenThePayloadIsRefused(String name, String version) {
    assertThatThrownBy(() -> read(SCHEMAS, name, version)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenThereAreNoHeaders_thenOnlyWhoSaysSoTakesThePayload() {
    RecordHeaders none = new RecordHeaders();
    byte[] payload = {'a'};
    assertThatThrownBy(() -> SCHEMAS.read(none, payload)).isInstanceOf(QilinException.class);
    assertThat(SCHEMAS.absentIsCurrent().read(none, payload)).isEqualTo(payload);
    assertThat(PayloadSchemas.ANY.read(none, payload)).isEqualTo(payload);
    assertThatThrownBy(() -> read(SCHEMAS.absentIsCurrent(), "ticks", "4.0"))
        .hasMessageContaining("ticks 4.0")
        .hasMessageContaining("ticks 3.1");
  }

  @Test
  void whenALiftIsMissingOrFails_thenThePayloadIsRefused() {
    PayloadSchemas gap = PayloadSchemas.of(CURRENT).upcast(1, adding("b"));
    assertThatThrownBy(() -> read(gap, "ticks", "1.0")).hasMessageContaining("version 2");
    PayloadSchemas failing = PayloadSchemas.of(CURRENT).upcast(2, old -> {
      throw new IllegalStateException("planted");
    });
    assertThatThrownBy(() -> read(failing, "ticks", "2.0"))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT))
        .hasMessageContaining("planted");
  }

  @Test
  void whenALiftMakesNoSense_thenItIsRefused() {
    for (int major : new int[] {0, 1, 3, 4}) {
      assertThatThrownBy(() -> SCHEMAS.upcast(major, adding("x")))
          .as("version %d", major)
          .isInstanceOf(QilinException.class);
    }
    assertThatThrownBy(() -> PayloadSchemas.ANY.upcast(1, adding("x")))
        .isInstanceOf(QilinException.class);
  }

  @Property
  void whenPrinted_thenAVersionParsesBack(
      @ForAll @IntRange(min = 1, max = 9999) int major, @ForAll @IntRange(max = 9999) int minor) {
    SchemaVersion version = new SchemaVersion("bars", major, minor);
    assertThat(SchemaVersion.parse("bars", version.version())).isEqualTo(version);
  }
}
