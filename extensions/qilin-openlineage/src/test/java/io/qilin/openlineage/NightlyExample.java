package io.qilin.openlineage;

import io.openlineage.client.transports.HttpTransport;
import io.qilin.data.lineage.LineageRecorder;
import io.qilin.data.lineage.OpenLineageJson;
import io.qilin.data.lineage.ParentRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executor;

/** A nightly run of a host that has a server of lineage: the program of the README. */
final class NightlyExample {
  private NightlyExample() {}

  static SenderStatus run(
      URI server, Path outbox, Executor executor, LineageRecorder lineage, ParentRun nightly)
      throws IOException {
    OpenLineageJson events = OpenLineageJson.of(
            "research", URI.create("https://example.org/desk/v1.4"))
        .withParent(nightly);
    try (HttpTransport transport = HttpTransport.builder().uri(server).build();
        LineageSender sender = LineageSender.builder(
                transport, events, outbox, executor, Clock.systemUTC())
            .open()) {
      sender.send(lineage.graph());
      sender.drain();
      return sender.status();
    }
  }
}
