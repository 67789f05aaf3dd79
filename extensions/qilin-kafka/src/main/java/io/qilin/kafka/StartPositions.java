package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where reading begins in partitions: where the group has committed, else where it is told, which is then committed.
 *
 * <p>With a decision it is noted how many partitions the topic had. So a member of a group, which sees only its own
 * partitions, knows one that was added later from one of which nobody has read yet.
 */
final class StartPositions {
  private static final String NOTE = "qilin-partitions=";
  private static final Pattern NOTED = Pattern.compile(NOTE + "([0-9]{1,9})");

  private StartPositions() {}

  /**
   * Decides.
   *
   * @return for each partition the offset, with the note that is to be committed with all later ones
   */
  static Map<TopicPartition, OffsetAndMetadata> of(
      Collection<TopicPartition> partitions,
      Consumer<byte[], byte[]> consumer,
      Duration deadline,
      StartAt start) {
    Map<String, Integer> sizes = new HashMap<>();
    Set<TopicPartition> all = new HashSet<>();
    for (TopicPartition partition : partitions) {
      sizes.computeIfAbsent(partition.topic(), topic -> {
        all.addAll(KafkaClients.partitions(consumer, topic, deadline));
        return 0;
      });
    }
    all.forEach(partition -> sizes.merge(partition.topic(), 1, Integer::sum));
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(consumer.committed(all));
    committed.values().removeIf(offset -> offset == null);
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
    Map<TopicPartition, OffsetAndMetadata> begin = new LinkedHashMap<>();
    Map<TopicPartition, OffsetAndMetadata> decided = new LinkedHashMap<>();
    for (TopicPartition partition : partitions) {
      long oldest = first.getOrDefault(partition, 0L);
      long newest = end.getOrDefault(partition, oldest);
      OffsetAndMetadata old = committed.get(partition);
      if (old == null) {
        requireDecision(partition, start);
        boolean latest = start == StartAt.LATEST && !added(partition, committed);
        String note = NOTE + sizes.get(partition.topic());
        decided.put(partition, new OffsetAndMetadata(latest ? newest : oldest, note));
      } else {
        requireKept(partition, old.offset(), oldest, newest);
        begin.put(partition, old);
      }
    }
    if (!decided.isEmpty()) {
      consumer.commitSync(decided);
      begin.putAll(decided);
    }
    return begin;
  }

  /** Whether a partition was added after the group had begun to read its topic. */
  private static boolean added(
      TopicPartition partition, Map<TopicPartition, OffsetAndMetadata> committed) {
    return committed.entrySet().stream()
        .filter(other -> other.getKey().topic().equals(partition.topic()))
        .map(other -> NOTED.matcher(other.getValue().metadata()))
        .anyMatch(
            noted -> !noted.matches() || Integer.parseInt(noted.group(1)) <= partition.partition());
  }

  private static void requireDecision(TopicPartition partition, StartAt start) {
    if (start == StartAt.COMMITTED) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "the group has committed nothing of " + partition
              + "; begin with EARLIEST or LATEST, or mend the name of the group");
    }
  }

  private static void requireKept(TopicPartition partition, long offset, long oldest, long end) {
    if (offset < oldest || offset > end) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "the group was at " + offset + " of " + partition + ", which now has " + oldest + " to "
              + end + ": messages are lost; set the offsets of the group, or use another one");
    }
  }
}
