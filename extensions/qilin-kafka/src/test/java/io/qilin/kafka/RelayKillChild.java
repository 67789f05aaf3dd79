package io.qilin.kafka;

import io.qilin.api.stream.StreamMessage;
import io.qilin.testkit.fault.KilledChild;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A member of a group in a process that is killed. */
public final class RelayKillChild {
  private RelayKillChild() {}

  /** A relay that copies, whose group soon notices that it is dead. */
  static KafkaRelay relay(String bootstrap, String in, String out, String dead, String writer) {
    KafkaSettings settings = KafkaSettings.builder(bootstrap)
        .property("session.timeout.ms", "1000")
        .property("heartbeat.interval.ms", "100")
        .property("fetch.max.wait.ms", "20")
        .build();
    return KafkaRelay.builder(settings, in + "-group", in + writer, dead)
        .topic(in, PayloadSchemas.ANY, (message, output) -> {
          byte[] payload = new byte[message.payload().remaining()];
          message.payload().get(payload);
          output.send(
              out,
              new StreamMessage<>(
                  message.id(),
                  StreamMessage.NO_POSITION,
                  message.key(),
                  message.eventTime(),
                  payload));
        })
        .batch(20)
        .waitFor(Duration.ofMillis(20))
        .build();
  }

  /**
   * Runs until it is killed.
   *
   * @param args broker, topic that is read, topic of the results, topic of dead letters
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (KafkaRelay relay = relay(args[0], args[1], args[2], args[3], "-child")) {
      while (true) {
        int taken = relay.step();
        if (taken > 0) {
          out.println(KilledChild.ACK + taken);
        }
      }
    }
  }
}
