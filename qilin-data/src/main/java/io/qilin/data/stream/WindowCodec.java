package io.qilin.data.stream;

import io.qilin.api.market.Symbol;
import io.qilin.core.rules.SessionPhase;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Windows in a file, to the last bit. */
public final class WindowCodec implements StreamCodec<ClosedWindow> {
  /** There is no state. */
  public WindowCodec() {}

  @Override
  public void write(ClosedWindow value, DataOutput out) throws IOException {
    out.writeUTF(value.phase().name());
    out.writeLong(EpochNanos.of(value.sessionStart()));
    out.writeLong(value.number());
    out.writeLong(EpochNanos.of(value.start()));
    out.writeLong(EpochNanos.of(value.end()));
    out.writeBoolean(value.cut());
    out.writeInt(value.aggregates().size());
    for (WindowAggregate aggregate : value.aggregates()) {
      out.writeUTF(aggregate.symbol().toString());
      out.writeLong(aggregate.records());
      out.writeDouble(aggregate.open());
      out.writeDouble(aggregate.high());
      out.writeDouble(aggregate.low());
      out.writeDouble(aggregate.close());
      out.writeDouble(aggregate.volume());
      out.writeDouble(aggregate.amount());
    }
    out.writeInt(value.anomalies().size());
    for (Anomaly anomaly : value.anomalies()) {
      out.writeUTF(anomaly.symbol().toString());
      out.writeUTF(anomaly.rule());
      out.writeDouble(anomaly.value());
      out.writeDouble(anomaly.median());
      out.writeDouble(anomaly.z());
    }
  }

  @Override
  public ClosedWindow read(DataInput in) throws IOException {
    SessionPhase phase = Names.read(SessionPhase.class, in);
    Instant sessionStart = EpochNanos.instant(in.readLong());
    long number = in.readLong();
    Instant start = EpochNanos.instant(in.readLong());
    Instant end = EpochNanos.instant(in.readLong());
    boolean cut = in.readBoolean();
    List<WindowAggregate> aggregates = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      aggregates.add(new WindowAggregate(
          Symbol.parse(in.readUTF()),
          in.readLong(),
          in.readDouble(),
          in.readDouble(),
          in.readDouble(),
          in.readDouble(),
          in.readDouble(),
          in.readDouble()));
    }
    List<Anomaly> anomalies = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      anomalies.add(new Anomaly(
          Symbol.parse(in.readUTF()),
          in.readUTF(),
          in.readDouble(),
          in.readDouble(),
          in.readDouble()));
    }
    return new ClosedWindow(phase, sessionStart, number, start, end, cut, aggregates, anomalies);
  }
}
