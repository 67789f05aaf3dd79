package io.qilin.mlops.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one call needs: memory for rows and for results that native code reads and writes in place, and a switch that stops it.
 * A tensor over that memory is made once for each number of rows and kept. Used by one call at a time; only {@link #stop} may
 * come from another thread, under the lock of {@link Slots}.
 */
final class Slot {
  /** Up to so many rows each number of rows has tensors of its own. */
  static final int SMALL = 64;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final OrtSession.RunOptions options;
  private final OnnxSummary summary;
  private final int most;
  final RowBuffer rows;
  final boolean[] odd;
  /** For each row that is fed its place in the caller's chunk. */
  final int[] places;

  private final Buffer results;
  private final @Nullable Run[] runs;

  /** When the call must end; guarded by the lock of {@link Slots}. */
  long until;

  boolean busy;
  boolean stopped;

  /** Tensors for one number of rows. */
  private record Run(Map<String, OnnxTensor> in, Map<String, OnnxTensor> out) {}

  Slot(OrtEnvironment environment, OrtSession session, OnnxSummary summary, int width, int most)
      throws OrtException {
    this.environment = environment;
    this.session = session;
    this.summary = summary;
    this.most = most;
    this.rows = RowBuffer.of(summary.doubles(), width, most);
    this.odd = new boolean[most];
    this.places = new int[most];
    int count = Math.multiplyExact(most, summary.columns());
    ByteBuffer memory = ByteBuffer.allocateDirect(
            Math.multiplyExact(count, summary.doubleOutput() ? 8 : 4))
        .order(ByteOrder.nativeOrder());
    this.results = summary.doubleOutput() ? memory.asDoubleBuffer() : memory.asFloatBuffer();
    this.runs = new @Nullable Run[Math.min(SMALL, most) + 1];
    this.options = new OrtSession.RunOptions();
  }

  /** Scores the first rows: at most {@link #SMALL}, or the most there can be. */
  void run(int count) {
    rows.send(count);
    boolean small = count < runs.length;
    try {
      Run run = runs[small ? count : 0];
      if (run == null) {
        run = tensors(count);
        runs[small ? count : 0] = run;
      }
      session.run(run.in, Set.of(), run.out, options).close();
    } catch (OrtException e) {
      throw new QilinException(
          ErrorCode.MODEL_OUTPUT,
          "the model failed on " + count + " rows: " + QilinException.quote(text(e)),
          e);
    }
  }

  double result(int row, int column) {
    int at = row * summary.columns() + column;
    return results instanceof FloatBuffer reals ? reals.get(at) : ((DoubleBuffer) results).get(at);
  }

  private Run tensors(int count) throws OrtException {
    long[] shape = summary.flat() ? new long[] {count} : new long[] {count, summary.columns()};
    OnnxTensor in =
        tensor(rows.memory(), (long) count * rows.width, new long[] {count, rows.width});
    try {
      OnnxTensor out = tensor(results, (long) count * summary.columns(), shape);
      return new Run(Map.of(summary.input(), in), Map.of(summary.output(), out));
    } catch (OrtException e) {
      in.close();
      throw e;
    }
  }

  private OnnxTensor tensor(Buffer memory, long count, long[] shape) throws OrtException {
    Buffer part = memory.duplicate().position(0).limit((int) count);
    return part instanceof FloatBuffer reals
        ? OnnxTensor.createTensor(environment, reals, shape)
        : OnnxTensor.createTensor(environment, (DoubleBuffer) part, shape);
  }

  /** Ends a call that runs too long; it ends at the next operator. */
  void stop() {
    stopped = true;
    set(true);
  }

  void reset() {
    stopped = false;
    set(false);
  }

  private void set(boolean stop) {
    try {
      options.setTerminate(stop);
    } catch (OrtException e) {
      throw new QilinException(ErrorCode.SYSTEM, "ONNX Runtime cannot stop a call", e);
    }
  }

  void close() {
    for (Run run : runs) {
      if (run != null) {
        run.in.values().forEach(OnnxTensor::close);
        run.out.values().forEach(OnnxTensor::close);
      }
    }
    options.close();
  }

  int most() {
    return most;
  }

  static String text(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
