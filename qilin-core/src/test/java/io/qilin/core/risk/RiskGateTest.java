package io.qilin.core.risk;

import static io.qilin.core.risk.RiskCases.MAIN;
import static io.qilin.core.risk.RiskCases.buy;
import static io.qilin.core.risk.RiskCases.cash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskRule;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RiskGateTest {
  private static RiskRule rule(String id, Supplier<RiskVerdict> verdict) {
    return new RiskRule() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public RiskVerdict check(Order order, RiskContext context) {
        return verdict.get();
      }
    };
  }

  private static RiskVerdict check(RiskRule... rules) {
    return RiskGate.of(List.of(rules)).check(buy(MAIN, "10.00", 100), cash());
  }

  @Test
  void whenEveryRulePasses_thenItPasses() {
    assertThat(check(rule("a", RiskVerdict::pass), rule("b", RiskVerdict::pass)).passed())
        .isTrue();
  }

  @Test
  void whenARuleThrows_thenItIsARejectionInItsName() {
    RiskVerdict verdict = check(rule("a", RiskVerdict::pass), rule("b", () -> {
      throw new IllegalStateException("disk\nfull");
    }));
    assertThat(verdict).isInstanceOfSatisfying(RiskVerdict.Reject.class, reject -> {
      assertThat(reject.rule()).isEqualTo("b");
      assertThat(reject.reason())
          .contains("IllegalStateException", "disk\\u000Afull")
          .doesNotContain("\n");
    });
    assertThat(check(rule("deep", RiskGateTest::overflow)).passed()).isFalse();
    assertThat(check(rule("assertion", () -> {
              throw new AssertionError();
            }))
            .passed())
        .isFalse();
  }

  @SuppressWarnings("InfiniteRecursion") // that is the point
  private static RiskVerdict overflow() {
    throw new StackOverflowError();
  }

  @Test
  @SuppressWarnings("NullAway")
  void whenARuleGivesNoVerdict_thenItIsARejection() {
    assertThat(check(rule("silent", () -> null))).isInstanceOf(RiskVerdict.Reject.class);
  }

  @Test
  void whenTheFirstRuleRejects_thenLaterRulesAreNotAsked() {
    RiskVerdict no = new RiskVerdict.Reject("a", "no");
    assertThat(check(rule("a", () -> no), rule("b", () -> {
          throw new AssertionError("asked");
        })))
        .isEqualTo(no);
  }

  @Test
  void whenThereIsNoRuleOrTwoOfOneName_thenThereIsNoGate() {
    assertThatThrownBy(() -> RiskGate.of(List.of()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    assertThatThrownBy(() -> check(rule("a", RiskVerdict::pass), rule("a", RiskVerdict::pass)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("'a'");
  }

  @Test
  void whenTheKillSwitchIsOn_thenNothingPassesUntilAPersonResetsIt() {
    KillSwitch killSwitch = new KillSwitch();
    RiskGate gate = RiskGate.of(RiskRules.standard(RiskSettings.moderate(), killSwitch));
    assertThat(gate.rules()).startsWith("kill-switch", "board-permission").hasSize(20);
    assertThat(gate.check(buy(MAIN, "10.00", 100), cash()).passed()).isTrue();
    killSwitch.trip("feed is stale");
    killSwitch.trip("second reason");
    assertThat(gate.check(buy(MAIN, "10.00", 100), cash()))
        .isInstanceOfSatisfying(RiskVerdict.Reject.class, reject -> {
          assertThat(reject.rule()).isEqualTo("kill-switch");
          assertThat(reject.reason()).contains("feed is stale", "person");
        });
    assertThatThrownBy(() -> killSwitch.reset(" ")).isInstanceOf(QilinException.class);
    assertThat(killSwitch.reason()).contains("feed is stale");
    assertThat(killSwitch.reset("Li Wei")).contains("feed is stale");
    assertThat(killSwitch.reset("Li Wei")).isEmpty();
    assertThat(gate.check(buy(MAIN, "10.00", 100), cash()).passed()).isTrue();
    assertThatThrownBy(() -> killSwitch.trip("")).isInstanceOf(QilinException.class);
  }
}
