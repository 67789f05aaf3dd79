package io.qilin.mlops.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  private static final long[] REFERENCE = {30, 40, 20, 10};
  private static final long[] CURRENT = {20, 45, 25, 30};

  /** Computed with numpy and scipy 1.17.1. */
  @Test
  void whenComparedWithScipy_thenTheFiguresAgree() {
    assertThat(Divergence.psi(REFERENCE, CURRENT)).isCloseTo(0.2078051503798176, within(1e-14));
    assertThat(Divergence.jensenShannon(REFERENCE, CURRENT))
        .isCloseTo(0.036546752649750526, within(1e-14));
  }

  @Test
  void whenABinIsEmpty_thenTheFiguresAreFinite() {
    assertThat(Divergence.psi(new long[] {0, 100}, new long[] {100, 0})).isBetween(5.0, 20.0);
    assertThat(Divergence.psi(new long[] {0, 0}, new long[] {0, 0})).isZero();
  }

  @Test
  void whenTheBinsDiffer_thenItIsRefused() {
    assertThatThrownBy(() -> Divergence.psi(new long[2], new long[3]))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> Divergence.psi(new long[0], new long[0]))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> Divergence.jensenShannon(new long[] {-1}, new long[] {1}))
        .isInstanceOf(QilinException.class);
  }

  @Property(tries = 200)
  void whenSidesAreExchanged_thenNothingChanges(
      @ForAll @Size(5) int @IntRange(max = 1_000_000) [] a,
      @ForAll @Size(5) int @IntRange(max = 1_000_000) [] b) {
    long[] p = counts(a);
    long[] q = counts(b);
    assertThat(Divergence.psi(p, q)).isNotNegative().isCloseTo(Divergence.psi(q, p), within(1e-9));
    assertThat(Divergence.jensenShannon(p, q))
        .isBetween(0.0, 1.0)
        .isCloseTo(Divergence.jensenShannon(q, p), within(1e-12));
    assertThat(Divergence.psi(p, p)).isZero();
  }

  private static long[] counts(int[] of) {
    long[] counts = new long[of.length];
    for (int i = 0; i < of.length; i++) {
      counts[i] = Math.floorMod(of[i], 1_000_000);
    }
    return counts;
  }
}
