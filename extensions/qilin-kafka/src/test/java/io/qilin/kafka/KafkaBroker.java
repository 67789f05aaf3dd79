package io.qilin.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker in this process, its own controller (KRaft), on loopback: {@link #start(Path)} in an empty folder, {@link
 * #stop} and {@link #start()} again on the same folder and port. The only class that touches Kafka's internals. Not
 * thread-safe.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 60;
  private static final String SETTINGS = "server.properties";
  private static final int LOWEST_PORT = 12_000;
  private static final int HIGHEST_PORT = 32_000;
  private static final int MOST_TRIES = 100;

  private final Properties settings;
  private final String bootstrap;
  private @Nullable KafkaRaftServer server;

  private KafkaBroker(Properties settings) {
    this.settings = settings;
    String listeners = settings.getProperty("advertised.listeners");
    this.bootstrap = listeners.replaceFirst(",.*", "").replaceFirst(".*://", "");
  }

  /** Formats a folder, which must be empty or missing, and starts a broker in it. */
  public static KafkaBroker start(Path folder) {
    return start(folder, Map.of());
  }

  /**
   * Formats a folder and starts a broker in it.
   *
   * @param folder empty or missing
   * @param more settings of the broker that go before its own; {@code @P@} stands for that of the first listener, {@code @C@}
   *     for that of the controller
   */
  public static KafkaBroker start(Path folder, Map<String, String> more) {
    try {
      Files.createDirectories(folder);
      Properties settings = settings(folder, more);
      format(folder, settings);
      KafkaBroker broker = new KafkaBroker(settings);
      broker.start();
      return broker;
    } catch (IOException e) {
      throw new IllegalStateException("no broker in " + folder, e);
    }
  }

  /** A broker that is stopped or dead, in the folder in which another process may have run it. */
  public static KafkaBroker at(Path folder) {
    Properties settings = new Properties();
    try (InputStream in = Files.newInputStream(folder.resolve(SETTINGS))) {
      settings.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("no broker was in " + folder, e);
    }
    return new KafkaBroker(settings);
  }

  /**
   * Two free ports below those that systems give to whoever asks for any: a client that calls while the broker is stopped cannot
   * be given one of them, not even by chance its own.
   */
  private static int[] freePorts() throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    for (int tries = 1; ; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (ServerSocket first = new ServerSocket(port, 1, loopback);
          ServerSocket second = new ServerSocket(port + 1, 1, loopback)) {
        return new int[] {first.getLocalPort(), second.getLocalPort()};
      } catch (BindException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  private static void format(Path folder, Properties settings) throws IOException {
    Path file = folder.resolve(SETTINGS);
    try (OutputStream out = Files.newOutputStream(file)) {
      settings.store(out, null);
    }
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    int exit = StorageTool.execute(
        new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()},
        new PrintStream(told, true, StandardCharsets.UTF_8));
    if (exit != 0) {
      throw new IOException("not formatted: " + told.toString(StandardCharsets.UTF_8));
    }
  }

  private static Properties settings(Path folder, Map<String, String> more) throws IOException {
    int[] ports = freePorts();
    int port = ports[0];
    int controllerPort = ports[1];
    Properties settings = new Properties();
    settings.setProperty("process.roles", "broker,controller");
    settings.setProperty("node.id", "1");
    settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.setProperty(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.setProperty(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.setProperty("controller.listener.names", "CONTROLLER");
    settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
    settings.setProperty("log.dirs", folder.resolve("log").toString());
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      settings.setProperty(topic + ".replication.factor", "1");
      settings.setProperty(topic + ".num.partitions", "1");
      settings.setProperty(topic + ".min.isr", "1");
    }
    settings.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
    settings.setProperty("group.initial.rebalance.delay.ms", "0");
    settings.setProperty("auto.create.topics.enable", "false");
    settings.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
    settings.setProperty("num.network.threads", "2");
    settings.setProperty("num.io.threads", "2");
    settings.setProperty("num.recovery.threads.per.data.dir", "1");
    settings.setProperty("log.segment.bytes", String.valueOf(64 << 20));
    more.forEach((name, value) -> settings.setProperty(
        name,
        value.replace("@P@", String.valueOf(port)).replace("@C@", String.valueOf(controllerPort))));
    return settings;
  }

  /** Starts the stopped broker again, in the same folder and on the same port. */
  public void start() {
    if (server != null) {
      throw new IllegalStateException("the broker runs");
    }
    KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    starting.startup();
    server = starting;
  }

  /** Whether it was started and not stopped. */
  public boolean running() {
    return server != null;
  }

  /** Shuts the broker down and waits for it; its folder stays. A second call does nothing. */
  public void stop() {
    KafkaRaftServer running = server;
    if (running != null) {
      server = null;
      running.shutdown();
      running.awaitShutdown();
    }
  }

  /** Where clients find it, also while it is stopped. */
  public String bootstrap() {
    return bootstrap;
  }

  /** Where it listens, which is not where clients find it if that was set to something else. */
  public int port() {
    String listener = settings.getProperty("listeners").replaceFirst(",.*", "");
    return Integer.parseInt(listener.substring(listener.lastIndexOf(':') + 1));
  }

  /** Creates a topic and waits until it is there. */
  public void createTopic(String name, int partitions) {
    createTopic(name, partitions, Map.of());
  }

  /**
   * Creates a topic and waits until it takes records in all its partitions.
   *
   * @param settings of the topic, for example {@code max.message.bytes}
   */
  public void createTopic(String name, int partitions, Map<String, String> settings) {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap()))) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
          .all()
          .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
      // The broker learns of it from the controller, some milliseconds later.
      while (!admin.listTopics().names().get(DEADLINE_SECONDS, TimeUnit.SECONDS).contains(name)) {
        Thread.onSpinWait();
      }
      // It lists the topic before it leads its last partition. A producer that is refused there,
      // while a later batch is taken,
      // never gets its first one in.
      admin
          .listOffsets(IntStream.range(0, partitions)
              .boxed()
              .collect(Collectors.toMap(
                  partition -> new TopicPartition(name, partition),
                  partition -> OffsetSpec.latest())))
          .all()
          .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("no topic " + name, e);
    }
  }

  /** As {@link #stop}. */
  @Override
  public void close() {
    stop();
  }
}
