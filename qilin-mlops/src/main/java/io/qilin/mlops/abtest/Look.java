package io.qilin.mlops.abtest;

import io.qilin.core.report.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One look at a test, as it was recorded.
 *
 * @param test its id
 * @param number counts from 1
 * @param at when
 * @param effects of every metric, the primary first, and every arm but the control
 * @param conclusion what follows
 * @param winner the arm to be used from now on: the control after CONTROL or NO_DIFFERENCE; empty otherwise
 */
public record Look(
    String test,
    long number,
    Instant at,
    List<Effect> effects,
    Conclusion conclusion,
    Optional<String> winner) {
  /** Copies the effects. */
  public Look {
    Objects.requireNonNull(test, "test");
    Objects.requireNonNull(at, "at");
    effects = List.copyOf(effects);
    Objects.requireNonNull(conclusion, "conclusion");
    Objects.requireNonNull(winner, "winner");
  }

  /** The look as JSON; equal looks give equal text. */
  public String json() {
    JsonText out = new JsonText()
        .object()
        .name("test")
        .value(test)
        .name("number")
        .value(number)
        .name("at")
        .value(at.toString())
        .name("conclusion")
        .value(conclusion.name().toLowerCase(Locale.ROOT));
    out.name("winner");
    winner.ifPresentOrElse(out::value, out::nothing);
    out.name("effects").array();
    for (Effect effect : effects) {
      out.object()
          .name("metric")
          .value(effect.metric().name().toLowerCase(Locale.ROOT))
          .name("arm")
          .value(effect.arm())
          .name("sample")
          .value(effect.sample())
          .name("estimate")
          .value(effect.estimate())
          .name("lower")
          .value(effect.lower())
          .name("upper")
          .value(effect.upper())
          .name("standing")
          .value(effect.standing().name().toLowerCase(Locale.ROOT))
          .end();
    }
    return out.end().end().toString();
  }
}
