package io.qilin.examples;

import io.qilin.api.error.QilinException;
import io.qilin.ops.lifecycle.DrainGate;
import io.qilin.ops.lifecycle.Lifecycle;
import io.qilin.ops.lifecycle.LifecyclePart;
import io.qilin.ops.lifecycle.LifecycleReport;
import java.io.IOException;
import java.io.PrintStream;

/** Starts three parts of a host in order, takes work through a gate, and stops. */
public final class StopHost {
  private StopHost() {}

  /**
   * Prints what happens.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    DrainGate orders = DrainGate.of("orders", System::nanoTime);
    Lifecycle host = Lifecycle.builder(System::nanoTime)
        .gate(orders)
        .part(LifecyclePart.of("desk", () -> out.println("desk up"), () -> out.println("desk down"))
            .dependsOn("registry"))
        .part(LifecyclePart.of("registry", () -> out.println("registry up"), () -> {
          throw new IOException("the disk is gone");
        }))
        .part(LifecyclePart.of("audit", () -> {}, () -> out.println("audit down")))
        .build();
    host.start();
    out.println(orders.call(() -> "an order is taken"));
    LifecycleReport report = host.stop();
    report.parts().forEach(part -> out.println(part.name() + " " + part.how()));
    out.println(report.parts().get(2).reason());
    try {
      orders.enter();
    } catch (QilinException e) {
      out.println(e.code() + ", " + orders.inFlight() + " inside");
    }
  }
}
