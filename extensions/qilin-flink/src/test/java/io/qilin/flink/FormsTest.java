package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.record.Tick;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.DeadLetterReason;
import io.qilin.data.stream.InstrumentWindows;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;

/** What goes between machines and into savepoints comes back the same, or is refused. */
class FormsTest {
  private static <T> TypeSerializer<T> serializer(Form<T> form) {
    return Forms.type(form).createSerializer(new SerializerConfigImpl());
  }

  private static <T> T back(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }

  @Test
  void whenValuesAreWrittenAndRead_thenTheyAreTheSame() throws IOException {
    FactorRow row = FactorRow.of(
        RandomLog.symbol(1), LocalDate.of(2024, 1, 2), Double.NaN, -0.0, Double.MIN_VALUE);
    SourceMessage message = SourceMessage.damaged("a-0", 3, new byte[] {1, 2}, "broken");
    DeadLetter letter = new DeadLetter("a-0", 3, DeadLetterReason.LATE, "late", "\\x00");
    assertThat(back(serializer(Forms.ROW), row)).isEqualTo(row);
    assertThat(back(serializer(Forms.MESSAGE), message)).isEqualTo(message);
    assertThat(back(serializer(Forms.LETTER), letter)).isEqualTo(letter);
  }

  @Test
  void whenMessagesAreTooLong_thenTheyAreCutOrRefusedBeforeTheyReachTheJob() throws IOException {
    SourceMessage damaged = SourceMessage.damaged("a-0", 3, new byte[0], "\u9ebb".repeat(100_000));
    assertThat(back(serializer(Forms.MESSAGE), damaged)).isEqualTo(damaged);
    assertThatThrownBy(() -> SourceMessage.of("a".repeat(5_000), 3, new byte[0]))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    assertThatThrownBy(() -> SourceMessage.of("a-0", 3, new byte[(64 << 20) + 1]))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    assertThatThrownBy(() -> KafkaIn.of("127.0.0.1:1", "ticks", "group").mostBytes(1 << 27))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void whenRowsCannotBe_thenTheyAreRefused() {
    assertThatThrownBy(() -> FactorRow.of(RandomLog.symbol(1), Instant.MAX, 1))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> FactorRow.of(RandomLog.symbol(1), LocalDate.MAX, 1))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> FactorRow.of(RandomLog.symbol(1), LocalDate.of(2024, 1, 2)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("needs values");
    assertThatThrownBy(
            FactorRow.of(RandomLog.symbol(1), Instant.parse("2024-01-02T01:30:00Z"), 1)::day)
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("2024-01-02T01:30:00Z");
  }

  @Test
  void whenASavepointIsRead_thenTheSerializerIsFoundByTheNameOfTheForm() throws IOException {
    TypeSerializerSnapshot<FactorRow> read = read(snapshot("factor-row", 1));
    assertThat(read.restoreSerializer()).isEqualTo(serializer(Forms.ROW));
    assertThat(serializer(Forms.ROW)
            .snapshotConfiguration()
            .resolveSchemaCompatibility(read)
            .isCompatibleAsIs())
        .isTrue();
    assertThat(serializer(Forms.ROW)
            .snapshotConfiguration()
            .resolveSchemaCompatibility(read(snapshot("pane-part", 1)))
            .isIncompatible())
        .isTrue();
  }

  @Test
  void whenASavepointIsOfAnotherVersion_thenItIsRefused() throws IOException {
    TypeSerializerSnapshot<FactorRow> newer = read(snapshot("factor-row", 2));
    TypeSerializerSnapshot<FactorRow> unknown = read(snapshot("factor-cube", 1));
    assertRefused(newer, "version 2");
    assertRefused(unknown, "factor-cube");
  }

  private static void assertRefused(TypeSerializerSnapshot<?> snapshot, String why) {
    assertThatThrownBy(snapshot::restoreSerializer)
        .isInstanceOf(SuppressRestartsException.class)
        .cause()
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_VERSION))
        .hasMessageContaining(why);
  }

  private static byte[] snapshot(String form, int version) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeUTF(form);
    out.writeInt(version);
    return out.getCopyOfBuffer();
  }

  private static TypeSerializerSnapshot<FactorRow> read(byte[] bytes) throws IOException {
    FormSnapshot<FactorRow> snapshot = new FormSnapshot<>();
    snapshot.readSnapshot(1, new DataInputDeserializer(bytes), FormsTest.class.getClassLoader());
    return snapshot;
  }

  @Test
  void whenLengthsAreNonsense_thenNoMemoryIsTakenForThem() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeUTF("600519.SH");
    out.writeLong(1);
    out.writeInt(Integer.MAX_VALUE);
    assertThatThrownBy(() ->
            serializer(Forms.ROW).deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT));
  }

  @Test
  void whenTheStateOfAnInstrumentIsCopied_thenTheCopyIsItsOwn() throws IOException {
    InstrumentWindows windows = RandomLog.describe(1).instrument(RandomLog.symbol(1));
    InstrumentState state = InstrumentState.of(windows);
    InstrumentState copy = serializer(Forms.INSTRUMENT).copy(state);
    assertThat(copy).isNotSameAs(state);
    assertThat(copy.windows(() -> RandomLog.describe(1).instrument(RandomLog.symbol(1))))
        .isNotSameAs(windows);
    assertThat(back(serializer(Forms.INSTRUMENT), state).bytes()).isEqualTo(state.bytes());
    assertThatThrownBy(() ->
            copyOf(state).windows(() -> RandomLog.describe(2).instrument(RandomLog.symbol(1))))
        .isInstanceOf(SuppressRestartsException.class)
        .cause()
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
  }

  private static InstrumentState copyOf(InstrumentState state) {
    return serializer(Forms.INSTRUMENT).copy(state);
  }

  @Test
  void whenADescriptionHasWhatIsFlinks_thenItIsRefused() {
    StreamDescription<Tick> described = () -> RandomLog.describe(1).pacer(eventNanos -> {});
    assertThatThrownBy(() -> described.describe().requireForEngine())
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
  }
}
