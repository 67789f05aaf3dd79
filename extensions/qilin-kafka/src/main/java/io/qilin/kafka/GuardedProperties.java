package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Which of Kafka's own settings a host may set: all that cannot break what Qilin promises. */
final class GuardedProperties {
  private static final String OFFSETS = "offsets are committed when results are durable";
  private static final String PRODUCER = "records are written once, in order and to all replicas";
  private static final String FORM = "keys and payloads are bytes";
  private static final String DEADLINE = "it follows from deadline(..)";

  private static final Map<String, String> REFUSED = Map.ofEntries(
      Map.entry("bootstrap.servers", "it is the argument of builder(..)"),
      Map.entry("client.id", "use clientId(..)"),
      Map.entry("enable.auto.commit", OFFSETS),
      Map.entry("auto.commit.interval.ms", OFFSETS),
      Map.entry("auto.offset.reset", "where reading begins is said by StartAt"),
      Map.entry("isolation.level", "only committed records are read"),
      Map.entry("group.id", "it is an argument of the reader or relay"),
      Map.entry("group.instance.id", "use member(..) of the relay"),
      Map.entry("group.protocol", "use protocol(..) of the relay"),
      Map.entry("allow.auto.create.topics", "a missing topic is an error"),
      Map.entry("max.poll.records", "use batch(..)"),
      Map.entry("interceptor.classes", "an interceptor may change or drop records"),
      Map.entry("partitioner.class", "messages of one key stay in order"),
      Map.entry("partitioner.ignore.keys", "messages of one key stay in order"),
      Map.entry("key.serializer", FORM),
      Map.entry("value.serializer", FORM),
      Map.entry("key.deserializer", FORM),
      Map.entry("value.deserializer", FORM),
      Map.entry("acks", PRODUCER),
      Map.entry("enable.idempotence", PRODUCER),
      Map.entry("retries", PRODUCER),
      Map.entry("max.in.flight.requests.per.connection", PRODUCER),
      Map.entry("transactional.id", "it is the name of the sink or relay"),
      Map.entry("transaction.timeout.ms", DEADLINE),
      Map.entry(
          "transaction.two.phase.commit.enable", "a broker must end what a dead writer began"),
      Map.entry("max.request.size", "use mostBytes(..)"),
      Map.entry("delivery.timeout.ms", DEADLINE),
      Map.entry("request.timeout.ms", DEADLINE),
      Map.entry("default.api.timeout.ms", DEADLINE),
      Map.entry("max.block.ms", DEADLINE));

  private static final Set<String> KNOWN = known();
  private static final Set<String> SECRET = secret();

  private GuardedProperties() {}

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(ConsumerConfig.configNames());
    known.addAll(ProducerConfig.configNames());
    return known;
  }

  private static Set<String> secret() {
    Set<String> secret = new TreeSet<>();
    AdminClientConfig.configDef().configKeys().forEach((name, key) -> {
      if (key.type() == ConfigDef.Type.PASSWORD) {
        secret.add(name);
      }
    });
    return secret;
  }

  /**
   * Requires that a host may set it, and as a secret exactly if it is one.
   *
   * @throws QilinException INVALID_CONFIGURATION
   */
  static void check(String name, boolean asSecret) {
    String why = REFUSED.get(name);
    if (why != null) {
      throw refused(name, why);
    }
    if (!KNOWN.contains(name)) {
      throw refused(name, "Kafka's clients have no such setting" + NearestName.hint(name, KNOWN));
    }
    if (SECRET.contains(name) != asSecret) {
      throw refused(name, asSecret ? "it is no secret, use property(..)" : "hand it to secret(..)");
    }
  }

  private static QilinException refused(String name, String why) {
    return new QilinException(
        ErrorCode.INVALID_CONFIGURATION,
        "the Kafka setting " + QilinException.quote(name) + " is not set here: " + why);
  }

  /** Those that a client knows, so that it does not warn of the others. */
  static Map<String, Object> only(Map<String, ?> all, Set<String> known) {
    Map<String, Object> own = new TreeMap<>(all);
    own.keySet().retainAll(known);
    return own;
  }
}
