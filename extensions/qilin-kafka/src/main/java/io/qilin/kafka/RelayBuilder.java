package io.qilin.kafka;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Describes a {@link KafkaRelay}; {@link #build} needs at least one topic. */
public final class RelayBuilder {
  private static final int MOST_BYTES = 30_000_000;

  final KafkaSettings settings;
  final String group;
  final String writer;
  final String deadLetters;
  final Map<String, RelayTopic> topics = new LinkedHashMap<>();
  StartAt start = StartAt.EARLIEST;
  int batch = 500;
  int mostBytes = 1_000_000;
  Duration wait = Duration.ofMillis(100);
  private String member = "";
  private GroupProtocol protocol = GroupProtocol.CLASSIC;

  RelayBuilder(KafkaSettings settings, String group, String writer, String deadLetters) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.group = KafkaNames.group(group);
    this.writer = KafkaNames.writer(writer);
    this.deadLetters = KafkaNames.topic(deadLetters);
  }

  /**
   * Adds a topic.
   *
   * @param schemas the forms of payload that are understood
   * @param handler what is done with each message
   */
  public RelayBuilder topic(String name, PayloadSchemas schemas, RelayHandler handler) {
    topics.put(KafkaNames.topic(name), new RelayTopic(schemas, handler));
    return this;
  }

  /** Where to begin in a partition of which nothing is committed; {@link StartAt#EARLIEST} unless set. */
  public RelayBuilder start(StartAt where) {
    start = Objects.requireNonNull(where, "where");
    return this;
  }

  /**
   * How many messages go into one transaction at most, 1 to 10,000; 500 unless set. So many must be handled within {@code
   * max.poll.interval.ms} of Kafka's consumer (5 min unless set), else the group thinks this member dead, and its work is given
   * up: {@link KafkaRelay#abandoned}.
   */
  public RelayBuilder batch(int messages) {
    if (messages < 1 || messages > 10_000) {
      throw QilinException.invalid("a batch has 1 to 10000 messages, was " + messages);
    }
    batch = messages;
    return this;
  }

  /** The longest payload that is read and the longest record that is sent, up to 30 MB; 1 MB unless set. */
  public RelayBuilder mostBytes(int bytes) {
    if (bytes < 1 || bytes > MOST_BYTES) {
      throw QilinException.invalid("a record has 1 to " + MOST_BYTES + " bytes, was " + bytes);
    }
    mostBytes = bytes;
    return this;
  }

  /** How long a step waits for messages; 100 ms unless set. */
  public RelayBuilder waitFor(Duration longest) {
    if (longest.isNegative()) {
      throw QilinException.invalid("a wait is not negative, was " + longest);
    }
    wait = longest;
    return this;
  }

  /**
   * A stable name of this member of the group (static membership): if it comes back within the session timeout, no rebalance
   * happens. None unless set.
   */
  public RelayBuilder member(String name) {
    member = KafkaNames.group(name);
    return this;
  }

  /** How the group agrees; {@link GroupProtocol#CLASSIC} unless set. */
  public RelayBuilder protocol(GroupProtocol groupProtocol) {
    protocol = Objects.requireNonNull(groupProtocol, "groupProtocol");
    return this;
  }

  Map<String, Object> consumer() {
    Map<String, Object> properties = new TreeMap<>(settings.consumer(group, batch));
    properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol.name().toLowerCase(Locale.ROOT));
    if (!member.isEmpty()) {
      properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, member);
    }
    return properties;
  }

  /**
   * The relay; it connects with its first step.
   *
   * @throws QilinException INVALID_ARGUMENT without a topic
   */
  public KafkaRelay build() {
    if (topics.isEmpty()) {
      throw QilinException.invalid("a relay needs a topic");
    }
    return new KafkaRelay(this);
  }
}
