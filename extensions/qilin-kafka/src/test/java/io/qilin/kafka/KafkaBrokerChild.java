package io.qilin.kafka;

import io.qilin.testkit.fault.KilledChild;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A broker in a process of its own, which can be killed. */
public final class KafkaBrokerChild {
  private KafkaBrokerChild() {}

  /**
   * Starts the broker of a folder and says so.
   *
   * @param args the folder, which {@link KafkaBroker#start} has formatted
   */
  public static void main(String[] args) throws InterruptedException {
    KafkaBroker broker = KafkaBroker.at(Path.of(args[0]));
    broker.start();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(KilledChild.ACK + "up at " + broker.bootstrap());
    Thread.currentThread().join();
  }
}
