package io.qilin.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionLimitTest {
  private static final ExpressionLimits WIDE = new ExpressionLimits(1_000_000, 128, 65_536, 2520);

  @Test
  void whenTwoHundredTermsAreAdded_thenItIsRead() {
    Expression sum = Expression.parse("$close+".repeat(200) + "1");

    assertThat(sum).hasToString("$close+".repeat(200) + "1");
  }

  @Test
  void whenALongChainIsReadOnASmallStack_thenItDoesNotOverflow() throws InterruptedException {
    String chain = "$close-".repeat(20_000) + "$open";
    AtomicReference<Object> outcome = new AtomicReference<>();
    Thread small = new Thread(null, () -> outcome.set(outcomeOf(chain)), "small stack", 256 * 1024);

    small.start();
    small.join();

    assertThat(outcome.get()).isInstanceOf(Expression.class).hasToString(chain);
  }

  private static Object outcomeOf(String text) {
    try {
      return Expression.parse(text, WIDE);
    } catch (StackOverflowError | ExpressionException e) {
      return e;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"$close+", "(", "-", "Abs(", "$a**", "A", "\u0000", "'"})
  void whenAMillionCharactersCome_thenRefusedAtOnce(String piece) {
    assertThatThrownBy(() -> Expression.parse(piece.repeat(1_000_000 / piece.length())))
        .isInstanceOfSatisfying(ExpressionException.class, e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.EXPRESSION_LIMIT);
          assertThat(e.getMessage()).hasSizeLessThan(1200);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "Abs(", "Add($a,", "2**", "-(", "$a>("})
  void whenNestedTooDeep_thenRefused(String piece) {
    assertThatThrownBy(() -> Expression.parse(piece.repeat(200)))
        .isInstanceOfSatisfying(
            ExpressionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.EXPRESSION_LIMIT))
        .hasMessageContaining("nested more than 64 deep");
  }

  @Test
  void whenNestedAsDeepAsAllowed_thenItIsRead() {
    assertThat(Expression.parse("Abs(".repeat(64) + "$a" + ")".repeat(64))).isNotNull();
    assertThat(Expression.parse("$a**".repeat(64) + "$a")).isNotNull();
    assertThat(Expression.parse("(".repeat(64) + "$a" + ")".repeat(64))).hasToString("$a");
  }

  @Test
  void whenManySignsFollow_thenTheyCancelOut() {
    assertThat(Expression.parse("-".repeat(1001) + "$a")).hasToString("-$a");
    assertThat(Expression.parse("$a" + "-".repeat(501) + "1")).hasToString("$a-1");
  }

  @Test
  void whenThereAreTooManyNodes_thenRefused() {
    assertThatThrownBy(() -> Expression.parse("$a+".repeat(600) + "1"))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("more than 1024 fields, constants and operations");
  }
}
