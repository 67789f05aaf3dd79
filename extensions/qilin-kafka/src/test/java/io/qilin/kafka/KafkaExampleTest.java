package io.qilin.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.progress.Cancellation;
import io.qilin.data.stream.StreamCounters;
import io.qilin.testkit.Await;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class KafkaExampleTest {
  @TempDir
  Path folder;

  @Test
  void whenTheProgramsOfTheReadmeRun_thenTheirResultsAreInTheirTopics() throws Exception {
    KafkaBroker broker = SharedBroker.broker();
    for (String topic : List.of(
        KafkaTopics.MARKET_DATA,
        KafkaTopics.NEWS_DATA,
        KafkaTopics.PROCESSED_DATA,
        KafkaTopics.DEAD_LETTERS,
        "headlines")) {
      broker.createTopic(topic, 1);
    }
    Records.send(broker.bootstrap(), TickFeed.records(KafkaTopics.MARKET_DATA, 0, 100));
    Records.write(broker.bootstrap(), KafkaTopics.MARKET_DATA, List.of("no tick"));
    StreamCounters counters = KafkaExample.windows(SharedBroker.settings(), folder);
    assertThat(counters.processed()).isEqualTo(100);
    assertThat(Records.committed(broker.bootstrap(), KafkaTopics.PROCESSED_DATA))
        .hasSize((int) counters.windows());
    assertThat(Records.committed(broker.bootstrap(), KafkaTopics.DEAD_LETTERS)).hasSize(1);

    Records.write(broker.bootstrap(), KafkaTopics.NEWS_DATA, List.of("up", "down"));
    Cancellation cancellation = new Cancellation();
    ExecutorService host = Executors.newSingleThreadExecutor();
    try {
      Future<?> relay =
          host.submit(() -> KafkaExample.headlines(SharedBroker.settings(), cancellation));
      Await.until(
          "both headlines are there",
          () ->
              relay.isDone() || Records.visible(broker.bootstrap(), "headlines").size() >= 2);
      cancellation.cancel();
      relay.get(1, TimeUnit.MINUTES);
    } finally {
      host.shutdownNow();
      host.awaitTermination(1, TimeUnit.MINUTES);
    }
    assertThat(Records.texts(broker.bootstrap(), "headlines")).containsExactly("UP", "DOWN");
  }
}
