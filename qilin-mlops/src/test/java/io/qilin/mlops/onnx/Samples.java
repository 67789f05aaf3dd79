package io.qilin.mlops.onnx;

import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelSignature.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Models and rows for tests. */
final class Samples {
  private Samples() {}

  static ModelSignature signature(int width, Missing missing) {
    List<String> features = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      features.add("F" + i);
    }
    return new ModelSignature(features, missing);
  }

  static OnnxModel open(byte[] model, int width) {
    return open(model, width, Missing.NO_SCORE);
  }

  static OnnxModel open(byte[] model, int width, Missing missing) {
    return OnnxModel.open(model, signature(width, missing), untimed().build());
  }

  /** The clock stands still: no call is late, however busy the machine is. */
  static OnnxOptions.Builder untimed() {
    return OnnxOptions.builder(() -> 0);
  }

  static double[] reals(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    return values;
  }

  static byte[] network(int width, int... sizes) {
    List<OnnxWriter.Layer> layers = new ArrayList<>();
    int from = width;
    for (int to : sizes) {
      layers.add(new OnnxWriter.Layer(from, to, scaled(from * to, from), reals(to, to)));
      from = to;
    }
    return OnnxWriter.network(layers);
  }

  private static double[] scaled(int count, int inputs) {
    double[] values = reals(count, inputs);
    for (int i = 0; i < count; i++) {
      values[i] /= Math.sqrt(inputs);
    }
    return values;
  }

  /** Complete trees with splits and leaves from a seed. */
  static OnnxTrees.Builder trees(int width, int trees, int depth, long seed) {
    OnnxTrees.Builder builder = OnnxTrees.builder(width);
    SplittableRandom random = new SplittableRandom(seed);
    int nodes = (1 << (depth + 1)) - 1;
    for (int tree = 0; tree < trees; tree++) {
      for (int node = 0; node < nodes; node++) {
        if (2 * node + 1 < nodes) {
          builder.split(
              tree,
              node,
              random.nextInt(width),
              random.nextDouble(-2, 2),
              2 * node + 1,
              2 * node + 2,
              random.nextBoolean());
        } else {
          builder.leaf(tree, node, random.nextDouble(-1, 1));
        }
      }
    }
    return builder;
  }

  /** The score of a row by plain walking down complete trees. */
  static double score(OnnxTrees trees, double[] row) {
    double sum = trees.base;
    int size = 0;
    while (size < trees.entries.size() && trees.entries.get(size).tree() == 0) {
      size++;
    }
    for (int first = 0; first < trees.entries.size(); first += size) {
      OnnxTrees.Entry at = trees.entries.get(first);
      while (!at.leaf()) {
        double value = row[at.feature()];
        boolean left = Double.isNaN(value) ? at.missingLeft() : value <= at.threshold();
        at = trees.entries.get(first + (left ? at.left() : at.right()));
      }
      sum += at.threshold();
    }
    return trees.logistic ? 1 / (1 + Math.exp(-trees.steepness * sum)) : sum;
  }
}
