package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How brokers are reached. Immutable and safe to share. Prints no secret, and of the properties only their names.
 */
public final class KafkaSettings {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int LONGEST_REQUEST_MILLIS = 30_000;
  private static final int LONGEST_FETCH_MILLIS = 500;
  private static final int LEAST_TRANSACTION_MILLIS = 60_000;

  /** What a broker allows unless it is told otherwise. */
  private static final int LONGEST_TRANSACTION_MILLIS = 900_000;

  private final String bootstrap;
  private final String clientId;
  private final Duration deadline;
  private final Map<String, String> properties;
  private final Map<String, Supplier<Secret>> secrets;

  private KafkaSettings(Builder builder) {
    this.bootstrap = builder.bootstrap;
    this.clientId = builder.clientId;
    this.deadline = builder.deadline;
    this.properties = Map.copyOf(builder.properties);
    this.secrets = Map.copyOf(builder.secrets);
  }

  /**
   * Begins to describe how brokers are reached.
   *
   * @param bootstrap one or more addresses, for example {@code 127.0.0.1:9092}, with commas between them
   */
  public static Builder builder(String bootstrap) {
    return new Builder(bootstrap);
  }

  /** How long a call to a broker may take. */
  public Duration deadline() {
    return deadline;
  }

  String bootstrap() {
    return bootstrap;
  }

  int deadlineMillis() {
    return (int) deadline.toMillis();
  }

  private int requestMillis() {
    return Math.min(LONGEST_REQUEST_MILLIS, Math.max(1, deadlineMillis() / 2));
  }

  /** Whether a failure says one of the secrets that a client was given. */
  boolean isToldBy(Throwable failure, Map<String, Object> given) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      String said = String.valueOf(e.getMessage());
      if (secrets.keySet().stream()
          .anyMatch(name -> said.contains(String.valueOf(given.get(name))))) {
        return true;
      }
    }
    return false;
  }

  private Map<String, Object> common() {
    Map<String, Object> all = new TreeMap<>(properties);
    secrets.forEach((name, secret) -> all.put(name, secret.get().reveal()));
    all.put("bootstrap.servers", bootstrap);
    all.put("client.id", clientId);
    all.put("request.timeout.ms", requestMillis());
    all.put("default.api.timeout.ms", deadlineMillis());
    return all;
  }

  /** For a consumer that commits itself and starts where it is told. */
  Map<String, Object> consumer(String group, int batch) {
    Map<String, Object> all = common();
    all.put("group.id", group);
    all.put("enable.auto.commit", false);
    all.put("auto.offset.reset", "none");
    all.put("isolation.level", "read_committed");
    all.put("allow.auto.create.topics", false);
    all.put("max.poll.records", batch);
    // A broker that has nothing answers after this time, which must be before the client gives it
    // up.
    all.putIfAbsent("fetch.max.wait.ms", Math.min(LONGEST_FETCH_MILLIS, requestMillis() / 2));
    all.put("key.deserializer", ByteArrayDeserializer.class);
    all.put("value.deserializer", ByteArrayDeserializer.class);
    return GuardedProperties.only(all, ConsumerConfig.configNames());
  }

  /** For a producer that writes each record once. */
  Map<String, Object> producer(int mostBytes) {
    Map<String, Object> all = common();
    all.put("acks", "all");
    all.put("enable.idempotence", true);
    all.put("delivery.timeout.ms", deadlineMillis());
    all.putIfAbsent("linger.ms", Math.min(5, deadlineMillis() - requestMillis()));
    all.put("max.block.ms", deadlineMillis());
    all.put("max.request.size", mostBytes);
    all.put("key.serializer", ByteArraySerializer.class);
    all.put("value.serializer", ByteArraySerializer.class);
    return GuardedProperties.only(all, ProducerConfig.configNames());
  }

  /** For a producer that writes in transactions. */
  Map<String, Object> producer(int mostBytes, String transactionalId) {
    Map<String, Object> all = producer(mostBytes);
    all.put("transactional.id", transactionalId);
    int longest = Math.max(LEAST_TRANSACTION_MILLIS, 2 * deadlineMillis());
    all.put("transaction.timeout.ms", Math.min(LONGEST_TRANSACTION_MILLIS, longest));
    return all;
  }

  /** For questions about topics. */
  Map<String, Object> admin() {
    return GuardedProperties.only(common(), AdminClientConfig.configNames());
  }

  /** Addresses, client, deadline, and the names of the properties and secrets. */
  @Override
  public String toString() {
    return "KafkaSettings[" + bootstrap + ", client " + clientId + ", deadline " + deadline
        + ", properties " + new TreeMap<>(properties).keySet() + ", secrets "
        + new TreeMap<>(secrets).keySet() + "]";
  }

  /** Describes how brokers are reached. */
  public static final class Builder {
    private final String bootstrap;
    private final Map<String, String> properties = new TreeMap<>();
    private final Map<String, Supplier<Secret>> secrets = new TreeMap<>();
    private String clientId = "qilin";
    private Duration deadline = Duration.ofSeconds(30);

    private Builder(String bootstrap) {
      if (bootstrap.isBlank()) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION, "Kafka needs an address like 127.0.0.1:9092");
      }
      this.bootstrap = bootstrap;
    }

    /** The name in the broker's logs and quotas; {@code qilin} unless set. */
    public Builder clientId(String name) {
      clientId = Objects.requireNonNull(name, "name");
      return this;
    }

    /**
     * How long a call to a broker may take; 30 s unless set.
     *
     * @param longest 100 ms to 10 min
     */
    public Builder deadline(Duration longest) {
      if (longest.toMillis() < 100 || longest.compareTo(LONGEST) > 0) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION, "the deadline is 100 ms to 10 min, was " + longest);
      }
      deadline = longest;
      return this;
    }

    /**
     * A setting of Kafka's clients, for example {@code security.protocol} or {@code compression.type}.
     *
     * @throws QilinException INVALID_CONFIGURATION if there is none of the name, if it would break what Qilin promises, or
     *     if it is a secret
     */
    public Builder property(String name, String value) {
      GuardedProperties.check(name, false);
      properties.put(name, Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * A setting of Kafka's clients that is a secret, for example {@code sasl.jaas.config} or {@code ssl.key.password}.
     *
     * @throws QilinException INVALID_CONFIGURATION if it is none
     */
    public Builder secret(String name, Secret secret) {
      Objects.requireNonNull(secret, "secret");
      return secret(name, () -> secret);
    }

    /**
     * A secret that is asked for each time that a client is opened.
     *
     * @param from where it is kept
     * @param kept its name there
     * @throws QilinException INVALID_CONFIGURATION if the setting is no secret
     */
    public Builder secret(String name, SecretProvider from, String kept) {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(kept, "kept");
      return secret(
          name,
          () -> from.secret(kept)
              .orElseThrow(() -> new QilinException(
                  ErrorCode.SECRET_UNAVAILABLE,
                  "there is no secret " + QilinException.quote(kept) + " for the Kafka setting "
                      + name)));
    }

    private Builder secret(String name, Supplier<Secret> secret) {
      GuardedProperties.check(name, true);
      secrets.put(name, secret);
      return this;
    }

    /**
     * Signs in with a name and a password.
     *
     * @param mechanism {@code PLAIN}, {@code SCRAM-SHA-256} or {@code SCRAM-SHA-512}
     * @param user without quotes, backslashes and control characters
     * @throws QilinException INVALID_CONFIGURATION
     */
    public Builder sasl(String mechanism, String user, Secret password) {
      String module = SaslLogin.module(mechanism);
      Secret login = SaslLogin.of(module, user, password);
      return property("sasl.mechanism", mechanism).secret("sasl.jaas.config", login);
    }

    /** The settings. */
    public KafkaSettings build() {
      return new KafkaSettings(this);
    }
  }
}
