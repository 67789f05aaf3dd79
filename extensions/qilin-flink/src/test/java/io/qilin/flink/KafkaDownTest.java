package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.kafka.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is not there ends a job with a typed error; when it is there, the same job runs. */
class KafkaDownTest {
  private static LocalCluster cluster;

  @TempDir
  Path folder;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  private static List<ClosedWindow> windows(String bootstrap, int timeoutMillis) throws Exception {
    StreamExecutionEnvironment environment = cluster.environment(2);
    KafkaIn in = KafkaIn.of(bootstrap, "ticks", "group")
        .untilNow()
        .property("default.api.timeout.ms", Integer.toString(timeoutMillis))
        .property("request.timeout.ms", Integer.toString(timeoutMillis / 2));
    return LocalCluster.collect(
        environment,
        FlinkWindows.of(() -> RandomLog.describe(3), in.sources(2))
            .apply(in.messages(environment))
            .windows()
            .collectAsync());
  }

  @Test
  void whenTheBrokerIsDownAtTheStart_thenTheErrorIsTypedAndTheJobRunsLater() throws Exception {
    KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"));
    try {
      broker.createTopic("ticks", 2);
      List<SourceMessage> messages = RandomLog.messages(3, 200, 2, Duration.ofSeconds(2));
      Topics.send(broker.bootstrap(), "ticks", messages);
      broker.stop();
      assertThatThrownBy(() -> windows(broker.bootstrap(), 2_000))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
      broker.start();
      assertThat(windows(broker.bootstrap(), 60_000))
          .isNotEmpty()
          .isEqualTo(InProcess.apart(() -> RandomLog.describe(3), messages).windows());
    } finally {
      broker.stop();
    }
  }
}
