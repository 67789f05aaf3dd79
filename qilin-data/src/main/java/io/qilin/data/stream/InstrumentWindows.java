package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.stream.StreamMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The second half of a {@link StreamPipeline} for one instrument, for an engine that keeps the state: it adds up the {@link
 * PanePart}s of {@link StreamIntake}s in windows, looks for anomalies, and tells windows when the watermark has come so far.
 * A window told holds this instrument alone; those of all instruments put together are those of a pipeline.
 *
 * <p>Made by {@link PipelineBuilder#instrument}. Confined to one thread at a time.
 */
public final class InstrumentWindows {
  private static final int FORMAT = 1;

  private final Symbol symbol;
  private final WindowSpec spec;
  private final StreamKeys keys = new StreamKeys(1);
  private final PaneTable panes;
  private final WindowTeller teller;
  private final int fingerprint;
  private Consumer<ClosedWindow> next = window -> {};

  InstrumentWindows(Symbol symbol, WindowSpec spec, List<AnomalyRule> anomalies) {
    this.symbol = symbol;
    this.spec = spec;
    this.keys.number(symbol);
    this.panes = new PaneTable(spec, keys);
    this.teller = new WindowTeller(keys, anomalies, window -> next.accept(window));
    CRC32C sum = new CRC32C();
    sum.update((symbol + ", " + spec + ", " + anomalies).getBytes(StandardCharsets.UTF_8));
    this.fingerprint = (int) sum.getValue();
  }

  /**
   * Adds a part.
   *
   * @param watermark nanoseconds since 1970
   * @return why it was set aside as a whole: LATE if the first window that it belongs to was told, INVALID if the sums cannot
   *     hold it; empty if it was added
   * @throws QilinException INVALID_ARGUMENT if it is of another instrument
   */
  public Optional<DeadLetter> add(PanePart part, long watermark) {
    if (!part.symbol().equals(symbol)) {
      throw QilinException.invalid("windows of " + symbol + " were given " + part);
    }
    OpenSession session = OpenSession.of(part, spec);
    long reached = Math.max(watermark, panes.told());
    if (session.due(part.number) <= reached) {
      return Optional.of(letter(
          part,
          DeadLetterReason.LATE,
          "the first window of it was told, as the watermark is " + EpochNanos.instant(reached)));
    }
    return panes.merge(session, part.number, 0, part.cells())
        ? Optional.empty()
        : Optional.of(
            letter(part, DeadLetterReason.INVALID, "the sums of the window cannot hold it"));
  }

  private static DeadLetter letter(PanePart part, DeadLetterReason reason, String message) {
    return new DeadLetter(part.source, StreamMessage.NO_POSITION, reason, message, part.toString());
  }

  /** The watermark, in nanoseconds since 1970, at which the next window is complete; the greatest number if none is open. */
  public long due() {
    return panes.nextDue();
  }

  /**
   * Tells the windows that are complete, in their order.
   *
   * @param watermark nanoseconds since 1970
   * @param taker takes them
   */
  public void advance(long watermark, Consumer<ClosedWindow> taker) {
    next = taker;
    while (panes.due(watermark)) {
      panes.tellFirst(teller);
    }
  }

  /** All that later parts depend on, as bytes with a checksum. */
  public byte[] save() {
    return StateBytes.of(called(), out -> {
      out.int32(FORMAT);
      out.int32(fingerprint);
      panes.save(out);
      teller.save(out);
    });
  }

  /**
   * Goes on from what {@link #save} gave; only before the first part.
   *
   * @throws QilinException DATA_FORMAT if it is damaged; INVALID_CONFIGURATION if it is of another instrument, or of other
   *     windows or rules
   */
  public void load(byte[] saved) {
    StateBytes.read(called(), saved, in -> {
      in.int32("format", FORMAT, FORMAT);
      if (in.int32("fingerprint", Integer.MIN_VALUE, Integer.MAX_VALUE) != fingerprint) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            called() + " is of other windows or anomaly rules than " + spec
                + "; describe the stream as it was, or begin anew");
      }
      panes.load(in);
      teller.load(in);
    });
  }

  private String called() {
    return "the state of " + symbol;
  }
}
