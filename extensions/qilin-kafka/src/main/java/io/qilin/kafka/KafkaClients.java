package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Opens and closes Kafka's clients. */
final class KafkaClients {
  private KafkaClients() {}

  static Consumer<byte[], byte[]> consumer(KafkaSettings settings, Map<String, Object> properties) {
    return opened(settings, properties, KafkaConsumer::new);
  }

  static Producer<byte[], byte[]> producer(KafkaSettings settings, Map<String, Object> properties) {
    return opened(settings, properties, KafkaProducer::new);
  }

  /**
   * Asks a question about topics.
   *
   * @throws QilinException TIMEOUT, AUTHORIZATION, DATA_NOT_FOUND, CANCELLED and so on
   */
  static <R> R ask(KafkaSettings settings, String what, Function<Admin, KafkaFuture<R>> question) {
    Admin admin = opened(settings, settings.admin(), Admin::create);
    try {
      return question.apply(admin).get(settings.deadlineMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw KafkaFailures.of(what, ErrorCode.DATA_FETCH, e);
    } catch (TimeoutException e) {
      throw new QilinException(ErrorCode.TIMEOUT, what + " had no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(ErrorCode.CANCELLED, what + " was interrupted", e);
    } catch (KafkaException e) {
      throw KafkaFailures.of(what, ErrorCode.DATA_FETCH, e);
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  /**
   * The partitions of a topic, ascending. Costs nothing while the client knows of the topic.
   *
   * @throws QilinException DATA_NOT_FOUND if there is no such topic
   */
  static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic, Duration deadline) {
    List<PartitionInfo> found = consumer.partitionsFor(topic, deadline);
    if (found.isEmpty()) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "Kafka has no topic " + QilinException.quote(topic) + "; create it, or mend its name");
    }
    return found.stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .toList();
  }

  private static <C> C opened(
      KafkaSettings settings,
      Map<String, Object> properties,
      Function<Map<String, Object>, C> constructor) {
    try {
      return constructor.apply(properties);
    } catch (KafkaException e) {
      if (settings.isToldBy(e, properties)) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "a Kafka client cannot be made with these settings; why is not told, as it would tell a"
                + " secret");
      }
      throw KafkaFailures.of("making a Kafka client", ErrorCode.INVALID_CONFIGURATION, e);
    }
  }

  /** Closes a consumer; that it fails changes nothing, as all that counts is committed. */
  static void close(Consumer<?, ?> consumer) {
    boolean interrupted = Thread.interrupted();
    try {
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    } catch (RuntimeException e) {
      throw KafkaFailures.of("closing a consumer", ErrorCode.IO, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
