package io.qilin.mlops.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.Mutation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged models: the check answers each with itself or its one error, and what passes does no harm to native code. */
class OnnxMutationTest {
  private static final int CHECKED = Integer.getInteger("qilin.onnx.mutants", 2_000);
  private static final int RUN = CHECKED / 40;

  @TempDir
  private Path folder;

  @Test
  void whenModelsAreDamaged_thenTheyAreRefusedOrRunAndNothingElse() throws Exception {
    List<byte[]> valid = List.of(
        OnnxWriter.logistic(new double[] {1, 2, 3}, 0.5),
        Samples.network(6, 8, 1),
        OnnxWriter.trees(Samples.trees(4, 3, 3, 1).build()),
        OnnxWriter.trees(Samples.trees(4, 2, 2, 2).doubles().build()));
    SplittableRandom random = new SplittableRandom(8);
    Map<String, byte[]> passed = new LinkedHashMap<>();
    int refused = 0;
    for (int i = 0; i < CHECKED; i++) {
      byte[] mutant = Mutation.of(valid.get(i % valid.size()), random);
      try {
        OnnxCheck.check(mutant, OnnxLimits.DEFAULT);
        passed.putIfAbsent("mutant" + i, mutant);
      } catch (QilinException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(CHECKED / 2);
    assertThat(passed.size()).isGreaterThan(RUN);
    while (passed.size() > RUN) {
      passed.remove(passed.keySet().iterator().next());
    }
    ChildJvm.outcomes(passed, folder)
        .values()
        .forEach(outcome -> assertThat(outcome)
            .matches("(?s)(RAN MODEL_MISMATCH|STOPPED MODEL_(INVALID|OUTPUT)|REFUSED WIDTH) .*"));
  }
}
