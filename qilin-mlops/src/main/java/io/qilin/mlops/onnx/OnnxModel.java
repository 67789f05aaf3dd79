package io.qilin.mlops.onnx;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelSignature.Missing;
import io.qilin.api.model.Predictor;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A model in ONNX's format, run by ONNX Runtime within this process. It is checked by {@link OnnxCheck} before native code
 * sees it, and tried at opening: the same rows must give the same scores twice, bit for bit. Rows are fed in chunks, 64 at a
 * time for trees and up to 1,024 for others, from memory that is kept; a model whose scores depend on how many rows are fed
 * together is fed row by row.
 *
 * <p>Values become 32-bit reals unless the model takes 64-bit ones. A row with a value that is not known has no score, or is
 * fed as it is, as the signature says; a value that is infinite, or too large for a 32-bit real, is refused.
 *
 * <p>Safe to share between threads. At most {@link OnnxOptions#concurrency} calls run at once, others wait; waiting and
 * running together end at the deadline with TIMEOUT. A call makes no garbage beyond what ONNX Runtime's own Java code makes. Close it:
 * native memory of a model that was forgotten comes back only when a later one is opened.
 *
 * <p>Needs {@code com.microsoft.onnxruntime:onnxruntime}, which holds natives for Linux and Windows on x64, Linux and macOS
 * on ARM.
 */
public final class OnnxModel implements Predictor {
  private static final int MOST = 1_024;
  private static final long CHUNK_FLOPS = 1_000_000_000;

  private final ModelSignature signature;
  private final OnnxSummary summary;
  private final Slots slots;
  private final int most;
  private final int column;
  private final boolean singly;
  private final boolean gapsAccepted;
  private final Forgotten forgotten;
  private final AtomicReference<@Nullable Columns> last = new AtomicReference<>();

  /** Where the features stand in tables of these columns. */
  private record Columns(List<String> names, List<Integer> places) {}

  private OnnxModel(
      ModelSignature signature, OnnxSummary summary, Slots slots, int most, int column) {
    this.signature = signature;
    this.summary = summary;
    this.slots = slots;
    this.most = most;
    this.column = column;
    this.gapsAccepted = signature.missing() == Missing.ACCEPTED;
    this.singly = Rehearsal.singly(slots, signature.width(), column, most, summary.flopsPerRow());
    this.forgotten = Forgotten.watch(this, slots);
  }

  /**
   * Checks, loads and tries a model.
   *
   * @param model the bytes of its file
   * @param signature the features of a row, as many as the model takes
   * @throws QilinException MODEL_INVALID if it is not accepted; MODEL_MISMATCH if it takes another number of features or has
   *     no such column; MODEL_OUTPUT if it does not repeat itself; TIMEOUT if a try takes longer than the deadline;
   *     UNSUPPORTED where ONNX Runtime is not there
   */
  public static OnnxModel open(byte[] model, ModelSignature signature, OnnxOptions options) {
    Objects.requireNonNull(options, "options");
    OnnxSummary summary =
        OnnxCheck.check(model, options.limits(), signature.width(), options.output());
    if (summary.width() != 0 && summary.width() != signature.width()) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          "the model takes rows of " + summary.width() + " features (input "
              + QilinException.quote(summary.input()) + " [rows, " + summary.width()
              + "]), the signature names " + signature.width());
    }
    int column = options.column().orElse(summary.columns() - 1);
    if (column >= summary.columns()) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          "the output " + QilinException.quote(summary.output()) + " has " + summary.columns()
              + " columns, the options ask for column " + column + ", counted from 0");
    }
    if (PlainNames.plain(summary.input()) && PlainNames.plain(summary.output())) {
      return load(model, signature, summary, column, options);
    }
    byte[] renamed = PlainNames.of(model, summary);
    OnnxSummary again =
        OnnxCheck.check(renamed, options.limits(), signature.width(), PlainNames.output());
    return load(renamed, signature, again, column, options);
  }

  private static OnnxModel load(
      byte[] model,
      ModelSignature signature,
      OnnxSummary summary,
      int column,
      OnnxOptions options) {
    int most = most(summary, signature.width(), options.limits());
    Slots slots = natives(model, summary, signature.width(), most, options);
    try {
      return new OnnxModel(signature, summary, slots, most, column);
    } catch (RuntimeException | Error e) {
      slots.close();
      throw e;
    }
  }

  private static Slots natives(
      byte[] model, OnnxSummary summary, int width, int most, OnnxOptions options) {
    try {
      Forgotten.closeAll();
      return Slots.open(model, summary, width, most, options);
    } catch (LinkageError e) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "ONNX Runtime is not there or does not run on this platform; add"
              + " com.microsoft.onnxruntime:onnxruntime to the class path, which has natives for"
              + " Linux and Windows on x64, Linux and macOS on ARM",
          e);
    }
  }

  /** The most rows of a chunk: few for trees, so that their nodes and the rows stay in the cache. */
  private static int most(OnnxSummary summary, int width, OnnxLimits limits) {
    long rows = summary.trees() ? Slot.SMALL : MOST;
    long elements = Math.max(summary.elementsPerRow(), width);
    rows = Math.min(rows, (limits.maxElements() - summary.fixedElements()) / elements);
    rows = Math.min(rows, CHUNK_FLOPS / Math.max(1, summary.flopsPerRow()));
    return (int) Math.max(1, rows);
  }

  @Override
  public ModelSignature signature() {
    return signature;
  }

  /** What the check found. */
  public OnnxSummary summary() {
    return summary;
  }

  /** Whether rows are fed one by one, because their scores would depend on how many are fed together. */
  public boolean singly() {
    return singly;
  }

  @Override
  public void predict(double[] rows, int count, double[] scores) {
    requireRoom(rows.length, count, scores.length, 1);
    run(rows, count, scores, column, 1);
  }

  /**
   * Gives all columns of the output, for models that give more than a score.
   *
   * @param rows row after row, as for {@link #predict(double[], int, double[])}
   * @param outputs takes {@link OnnxSummary#columns} numbers a row
   * @throws QilinException as {@link #predict(double[], int, double[])}
   */
  public void outputs(double[] rows, int count, double[] outputs) {
    requireRoom(rows.length, count, outputs.length, summary.columns());
    run(rows, count, outputs, 0, summary.columns());
  }

  /**
   * Scores one day of all instruments of a table. Its columns are found by name; others may stand between.
   *
   * @param day index in {@link FactorTable#days()}
   * @param scores takes one score an instrument, {@code NaN} where there is none
   * @throws QilinException MODEL_MISMATCH if the table lacks a feature or scores are too short, INVALID_ARGUMENT if there is
   *     no such day, and as {@link #predict(double[], int, double[])}
   */
  public void predict(FactorTable table, int day, double[] scores) {
    int count = table.symbols().size();
    if (day < 0 || day >= table.days().size()) {
      throw QilinException.invalid(
          "there is no day " + day + " in a table of " + table.days().size() + " days");
    }
    if (count > scores.length) {
      throw mismatch(
          count + " instruments give as many scores, there is room for " + scores.length);
    }
    List<Integer> places = places(table);
    Slot slot = slots.take();
    try {
      for (int from = 0; from < count; ) {
        int size = chunk(count - from);
        Arrays.fill(slot.odd, 0, size, false);
        for (int i = 0; i < places.size(); i++) {
          slot.rows.column(table, places.get(i), day, from, size, i, slot.odd);
        }
        score(slot, from, size, scores, column, 1);
        from += size;
      }
    } finally {
      slots.give(slot);
      Reference.reachabilityFence(this);
    }
  }

  private List<Integer> places(FactorTable table) {
    Columns known = last.get();
    if (known == null || !known.names.equals(table.names())) {
      List<Integer> places = new ArrayList<>();
      for (String feature : signature.features()) {
        places.add(table.names().indexOf(feature));
      }
      if (places.contains(-1)) {
        signature.requireSame(table.names());
      }
      known = new Columns(table.names(), List.copyOf(places));
      last.set(known);
    }
    return known.places;
  }

  private void requireRoom(int values, int count, int room, int perRow) {
    int width = signature.width();
    if (count < 0) {
      throw QilinException.invalid("there cannot be " + count + " rows");
    }
    if ((long) count * width > values || (long) count * perRow > room) {
      throw mismatch(count + " rows of " + width + " features are " + (long) count * width
          + " values and give " + (long) count * perRow + " numbers; there are " + values
          + " values and room for " + room);
    }
  }

  private static QilinException mismatch(String what) {
    return new QilinException(ErrorCode.MODEL_MISMATCH, what);
  }

  private int chunk(int left) {
    if (singly) {
      return 1;
    }
    return left >= most ? most : Math.min(left, Slot.SMALL);
  }

  private void run(double[] rows, int count, double[] to, int first, int columns) {
    int width = signature.width();
    Slot slot = slots.take();
    try {
      for (int from = 0; from < count; ) {
        int size = chunk(count - from);
        for (int i = 0; i < size; i++) {
          slot.odd[i] = !slot.rows.row(rows, (from + i) * width, i);
        }
        score(slot, from, size, to, first, columns);
        from += size;
      }
    } finally {
      slots.give(slot);
      Reference.reachabilityFence(this);
    }
  }

  /** Scores the rows in a slot; rows without a score are left out, those after them move up. */
  private void score(Slot slot, int from, int size, double[] to, int first, int columns) {
    slots.requireTime(slot);
    int fed = 0;
    for (int i = 0; i < size; i++) {
      if (slot.odd[i]) {
        requireFinite(slot.rows, i, from);
        if (!gapsAccepted) {
          Arrays.fill(to, (from + i) * columns, (from + i + 1) * columns, Double.NaN);
          continue;
        }
      }
      if (fed < i) {
        slot.rows.move(i, fed);
      }
      slot.places[fed++] = i;
    }
    if (fed == 0) {
      return;
    }
    try {
      slot.run(fed > Slot.SMALL && fed < most ? pad(slot, fed) : fed);
    } catch (QilinException e) {
      throw slots.cause(slot, e);
    }
    for (int i = 0; i < fed; i++) {
      int place = slot.places[i];
      for (int j = 0; j < columns; j++) {
        double value = slot.result(i, first + j);
        if (!(Math.abs(value) <= Double.MAX_VALUE) && !(Double.isNaN(value) && slot.odd[place])) {
          throw new QilinException(
              ErrorCode.MODEL_OUTPUT,
              "the model gave " + value + " for row " + (from + place + 1)
                  + ", whose values are known; do not use it");
        }
        to[(from + place) * columns + j] = value;
      }
    }
  }

  /** A chunk that lost rows is filled up by copies of its first, so that there are tensors for its size. */
  private int pad(Slot slot, int fed) {
    for (int i = fed; i < most; i++) {
      slot.rows.move(0, i);
    }
    return most;
  }

  private void requireFinite(RowBuffer rows, int row, int from) {
    for (int i = 0; i < signature.width(); i++) {
      if (Double.isInfinite(rows.value(row, i))) {
        throw mismatch("row " + (from + row + 1) + " has a value of "
            + QilinException.quote(signature.features().get(i))
            + " that is infinite or too large for the model's numbers");
      }
    }
  }

  @Override
  public void close() {
    forgotten.closed();
    slots.close();
  }
}
