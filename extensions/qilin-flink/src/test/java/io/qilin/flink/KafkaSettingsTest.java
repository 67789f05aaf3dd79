package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.kafka.KafkaHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Settings that would lose transactions are refused when the job is built. */
class KafkaSettingsTest {
  private static final KafkaOut OUT = KafkaOut.of("127.0.0.1:1", "windows", "writer");

  private static DataStream<ClosedWindow> windows(Duration checkpoints) {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
    if (!checkpoints.isZero()) {
      environment.enableCheckpointing(checkpoints.toMillis());
    }
    return FlinkWindows.of(() -> RandomLog.describe(1), List.of("a"))
        .apply(environment.fromData(
            List.of(SourceMessage.of("a", 0, new byte[0])), Forms.type(Forms.MESSAGE)))
        .windows();
  }

  private static void assertRefused(Runnable built, String why) {
    assertThatThrownBy(built::run)
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining(why);
  }

  @Test
  void whenAJobMakesNoCheckpoints_thenResultsCannotGoToKafka() {
    assertRefused(() -> OUT.windows(windows(Duration.ZERO)), "enableCheckpointing");
  }

  @Test
  void whenCheckpointsAreAtLeastOnce_thenResultsCannotGoToKafka() {
    DataStream<ClosedWindow> windows = windows(Duration.ofSeconds(10));
    windows
        .getExecutionEnvironment()
        .getCheckpointConfig()
        .setCheckpointingConsistencyMode(CheckpointingMode.AT_LEAST_ONCE);
    assertRefused(() -> OUT.windows(windows), "EXACTLY_ONCE");
  }

  @Test
  void whenPropertiesAreAskedFor_thenChangesOfThemTouchNothing() {
    KafkaIn in = KafkaIn.of("127.0.0.1:1", "ticks", "group").property("client.id", "one");
    in.properties().setProperty("client.id", "another");
    assertThat(in.properties()).containsEntry("client.id", "one");
    OUT.properties().setProperty("client.id", "another");
    assertThat(OUT.properties()).isEmpty();
  }

  @Test
  void whenATransactionIsShorterThanACheckpoint_thenItIsRefused() {
    DataStream<ClosedWindow> windows = windows(Duration.ofSeconds(10));
    KafkaOut shorter = OUT.transactionTimeout(Duration.ofMinutes(1), Duration.ofMinutes(15));
    assertRefused(() -> shorter.windows(windows), "PT10M10S");
    OUT.windows(windows);
  }

  @Test
  void whenATransactionIsLongerThanTheBrokerAllows_thenItIsRefused() {
    assertRefused(
        () -> OUT.transactionTimeout(Duration.ofMinutes(16), Duration.ofMinutes(15)),
        "transaction.max.timeout.ms");
  }

  @Test
  void whenSettingsArePrinted_thenSecretsAreNotAmongThem() {
    assertThat(OUT.property("sasl.jaas.config", "hunter2").toString()).doesNotContain("hunter2");
    assertThat(KafkaIn.of("127.0.0.1:1", "ticks", "group")
            .property("sasl.jaas.config", "hunter2")
            .toString())
        .doesNotContain("hunter2");
  }

  @Test
  void whenTheJobOfTheReadmeIsBuilt_thenItHasAllItsSteps() {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
    WindowsExample.build(environment, "127.0.0.1:1");
    assertThat(environment.getExecutionPlan())
        .contains("kafka market_data", "qilin intake", "qilin windows", "qilin gather")
        .contains("kafka processed_data", "kafka invalid_data");
  }

  @Test
  void whenHeadersAreCompared_thenTheyAreThoseOfQilinKafka() {
    assertThat(KafkaRecords.ID).isEqualTo(KafkaHeaders.ID);
    assertThat(KafkaRecords.EVENT_TIME).isEqualTo(KafkaHeaders.EVENT_TIME);
  }

  @Test
  void whenRecordsAreEmptyOrTooLong_thenTheyAreDamagedMessages() {
    List<SourceMessage> read = new ArrayList<>();
    KafkaMessageReader reader = new KafkaMessageReader(4);
    ListCollector<SourceMessage> out = new ListCollector<>(read);
    reader.deserialize(new ConsumerRecord<>("ticks", 1, 7, null, null), out);
    reader.deserialize(new ConsumerRecord<>("ticks", 1, 8, null, new byte[5]), out);
    reader.deserialize(new ConsumerRecord<>("ticks", 1, 9, null, new byte[4]), out);
    assertThat(read.get(0).damage()).contains("no payload");
    assertThat(read.get(1).damage()).contains("5 bytes, and 4 at most");
    assertThat(read.get(2)).isEqualTo(SourceMessage.of("ticks-1", 9, new byte[4]));
  }
}
