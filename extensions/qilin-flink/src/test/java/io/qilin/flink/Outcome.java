package io.qilin.flink;

import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What became of a log in Kafka, against what pipelines in process make of it. */
final class Outcome {
  private Outcome() {}

  /** How many windows and dead letters there must be, and what is wrong with those that are committed. */
  static Map<String, Integer> figures(String bootstrap, long seed, List<SourceMessage> messages) {
    List<ConsumerRecord<byte[], byte[]>> windows = Topics.committed(bootstrap, KafkaJob.WINDOWS);
    List<ConsumerRecord<byte[], byte[]>> letters = Topics.committed(bootstrap, KafkaJob.LETTERS);
    List<SourceMessage> asRead = messages.stream()
        .map(m -> m.isDamaged()
            ? SourceMessage.damaged(
                m.source(), m.position(), new byte[0], "the record has no payload")
            : m)
        .toList();
    InProcess expected = InProcess.apart(() -> RandomLog.describe(seed), asRead);
    List<ClosedWindow> told = Topics.values(windows, Forms.WINDOW.codec());
    List<DeadLetter> dead = Topics.values(letters, Forms.LETTER.codec());
    Map<String, Integer> figures = new TreeMap<>();
    figures.put("windows", expected.windows().size());
    figures.put("letters", expected.deadLetters().size());
    figures.put("lostWindows", without(expected.windows(), told));
    figures.put("wrongOrExtraWindows", without(told, expected.windows()));
    figures.put("duplicateWindows", told.size() - new HashSet<>(told).size());
    figures.put("lostLetters", without(expected.deadLetters(), dead));
    figures.put("wrongOrExtraLetters", without(dead, expected.deadLetters()));
    figures.put("duplicateLetters", dead.size() - new HashSet<>(dead).size());
    figures.put("disorder", told.equals(expected.windows()) ? 0 : 1);
    return figures;
  }

  private static <T> int without(List<T> these, List<T> those) {
    HashSet<T> left = new HashSet<>(these);
    left.removeAll(new HashSet<>(those));
    return left.size();
  }

  static int faults(Map<String, Integer> figures) {
    return figures.entrySet().stream()
        .filter(f -> !f.getKey().equals("windows") && !f.getKey().equals("letters"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** Writes a line where {@code -Dqilin.fault.report} says. */
  static void report(String line) throws IOException {
    String to = System.getProperty("qilin.fault.report", "");
    if (!to.isEmpty()) {
      Files.writeString(Path.of(to), line + "\n");
    }
  }
}
