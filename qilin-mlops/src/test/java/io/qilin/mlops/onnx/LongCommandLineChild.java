package io.qilin.mlops.onnx;

import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import java.util.List;

/** Opens a model in a process whose command line is too long for ONNX Runtime. */
final class LongCommandLineChild {
  private LongCommandLineChild() {}

  public static void main(String[] args) {
    ModelSignature signature = new ModelSignature(List.of("a"), ModelSignature.Missing.NO_SCORE);
    OnnxOptions options = OnnxOptions.builder(System::nanoTime).build();
    try (OnnxModel model =
        OnnxModel.open(OnnxWriter.linear(new double[] {1}, 0), signature, options)) {
      System.out.println("opened " + model.summary());
    } catch (QilinException e) {
      System.out.println(e.getMessage());
    }
  }
}
