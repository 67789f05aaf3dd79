package io.qilin.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelSignature.Missing;
import io.qilin.mlops.onnx.OnnxModel;
import io.qilin.mlops.onnx.OnnxOptions;
import io.qilin.mlops.onnx.OnnxTrees;
import io.qilin.mlops.onnx.OnnxWriter;
import io.qilin.mlops.onnx.OnnxWriter.Layer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** One model of 158 features and one batch of rows, scored by Qilin and by plain calls of ONNX Runtime with one thread. */
final class OnnxCase implements AutoCloseable {
  static final int WIDTH = 158;

  final double[] rows;
  final double[] scores;
  private final int batch;
  private final OnnxModel qilin;
  private final OrtSession session;
  private final float[] floats;
  private final FloatBuffer in;
  private final FloatBuffer out;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  OnnxCase(String model, int batch) {
    this.batch = batch;
    rows = reals(batch * WIDTH, 2);
    scores = new double[batch];
    byte[] bytes = model(model);
    qilin =
        OnnxModel.open(bytes, signature(), OnnxOptions.builder(System::nanoTime).build());
    floats = new float[rows.length];
    in = direct(rows.length);
    out = direct(batch);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(bytes, options);
      inputs =
          Map.of("features", OnnxTensor.createTensor(environment, in, new long[] {batch, WIDTH}));
      outputs = Map.of("score", OnnxTensor.createTensor(environment, out, new long[] {batch, 1}));
    } catch (OrtException e) {
      throw new QilinException(ErrorCode.SYSTEM, "ONNX Runtime does not start", e);
    }
    copied();
  }

  static ModelSignature signature() {
    List<String> features = new ArrayList<>();
    for (int i = 0; i < WIDTH; i++) {
      features.add("F" + i);
    }
    return new ModelSignature(features, Missing.ACCEPTED);
  }

  static byte[] model(String name) {
    return switch (name) {
      case "linear" -> OnnxWriter.linear(reals(WIDTH, 1), 0.1);
      case "mlp" -> OnnxWriter.network(List.of(layer(WIDTH, 64), layer(64, 32), layer(32, 1)));
      case "trees" -> OnnxWriter.trees(trees());
      default -> throw QilinException.invalid("there is no model " + QilinException.quote(name));
    };
  }

  private static Layer layer(int inputs, int outputs) {
    double[] weights = reals(inputs * outputs, inputs);
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= inputs;
    }
    return new Layer(inputs, outputs, weights, new double[outputs]);
  }

  /** 100 complete trees of depth 6. */
  private static OnnxTrees trees() {
    SplittableRandom random = new SplittableRandom(3);
    OnnxTrees.Builder builder = OnnxTrees.builder(WIDTH);
    int splits = (1 << 6) - 1;
    for (int tree = 0; tree < 100; tree++) {
      for (int node = 0; node < splits; node++) {
        builder.split(
            tree,
            node,
            random.nextInt(WIDTH),
            random.nextDouble(-1, 1),
            2 * node + 1,
            2 * node + 2,
            random.nextBoolean());
      }
      for (int leaf = splits; leaf <= 2 * splits; leaf++) {
        builder.leaf(tree, leaf, random.nextDouble(-0.01, 0.01));
      }
    }
    return builder.build();
  }

  private static double[] reals(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextDouble(-2, 2);
    }
    return values;
  }

  private static FloatBuffer direct(int count) {
    return ByteBuffer.allocateDirect(count * 4).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Qilin: from 64-bit rows to 64-bit scores, checked. */
  double[] qilin() {
    qilin.predict(rows, batch, scores);
    return scores;
  }

  /** The least that can be done: rows are in native memory already, scores stay there. */
  FloatBuffer pinned() {
    try {
      session.run(inputs, Set.of(), outputs).close();
      return out;
    } catch (OrtException e) {
      throw new QilinException(ErrorCode.SYSTEM, "ONNX Runtime fails", e);
    }
  }

  /** The same with 64-bit rows copied in and 64-bit scores copied out, unchecked. */
  double[] copied() {
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) rows[i];
    }
    in.put(0, floats);
    pinned();
    for (int i = 0; i < batch; i++) {
      scores[i] = out.get(i);
    }
    return scores;
  }

  @Override
  public void close() {
    qilin.close();
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    try {
      session.close();
    } catch (OrtException e) {
      throw new QilinException(ErrorCode.SYSTEM, "ONNX Runtime fails", e);
    }
  }
}
