package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Where a reader begins in its partitions: where its group has committed, else where it is told, which is then committed. */
final class StartPositions {
  private StartPositions() {}

  static Map<TopicPartition, Long> of(
      Set<TopicPartition> partitions, Consumer<byte[], byte[]> consumer, StartAt start) {
    Map<TopicPartition, OffsetAndMetadata> committed = new LinkedHashMap<>();
    consumer.committed(partitions).forEach((partition, offset) -> {
      if (offset != null) {
        committed.put(partition, offset);
      }
    });
    Set<String> known =
        committed.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> begin = new LinkedHashMap<>();
    Map<TopicPartition, OffsetAndMetadata> decided = new LinkedHashMap<>();
    for (TopicPartition partition : partitions) {
      long oldest = first.getOrDefault(partition, 0L);
      OffsetAndMetadata old = committed.get(partition);
      if (old == null) {
        requireDecision(partition, start);
        boolean latest = start == StartAt.LATEST && !known.contains(partition.topic());
        long offset = latest ? end.getOrDefault(partition, oldest) : oldest;
        begin.put(partition, offset);
        decided.put(partition, new OffsetAndMetadata(offset));
      } else {
        requireKept(partition, old.offset(), oldest, end.getOrDefault(partition, oldest));
        begin.put(partition, old.offset());
      }
    }
    if (!decided.isEmpty()) {
      consumer.commitSync(decided);
    }
    return begin;
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
