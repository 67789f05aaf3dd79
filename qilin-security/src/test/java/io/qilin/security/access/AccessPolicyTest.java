package io.qilin.security.access;

import static io.qilin.security.access.Policies.NOON;
import static io.qilin.security.access.Policies.noon;
import static io.qilin.security.access.Policies.policy;
import static io.qilin.security.access.Policies.submit;
import static io.qilin.security.access.Policies.trading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPolicyTest {
  private static final String DENY_UNTRUSTED =
      "{'id': 'device', 'effect': 'deny', 'permissions': ['submit:**'],"
          + " 'when': {'figureAtMost': {'deviceTrust': 0.5}}}";
  private static final String FRESH =
      "{'id': 'fresh', 'effect': 'stepUp', 'permissions': ['submit:**'],"
          + " 'methods': ['otp', 'hwk'], 'maxAgeSeconds': 300}";

  @Test
  void whenARoleHasThePermission_thenItIsAllowedAndTheRuleNamed() {
    Decision decision = trading("").decide(submit(noon()));

    assertThat(decision).isEqualTo(new Decision.Allow("role:trader", "by submit:orders/*"));
    assertThat(decision.allowed()).isTrue();
    decision.orThrow();
  }

  @Test
  void whenARoleInherits_thenItHasThosePermissionsToo() {
    AccessRequest read =
        new AccessRequest(Identity.of("alice"), "read", "market/600519.SH/bars", noon());

    assertThat(trading("").decide(read).rule()).isEqualTo("role:viewer");
    assertThat(trading("").rolesOf(Identity.of("alice"))).containsExactly("trader", "viewer");
  }

  @Test
  void whenNobodyAllowsIt_thenItIsDeniedAndTheReasonSaysWhatIsMissing() {
    AccessPolicy policy = trading("");

    assertThat(policy.decide(submit(Identity.of("mallory"), noon())))
        .isEqualTo(new Decision.Deny(
            "default", "the caller has no role that the policy knows, and no rule allows it"));
    assertThat(policy.decide(new AccessRequest(Identity.of("alice"), "drop", "orders/1", noon())))
        .isEqualTo(new Decision.Deny(
            "default", "no permission of the caller's roles covers it, and no rule allows it"));
    assertThatThrownBy(
            () -> policy.decide(submit(Identity.of("mallory"), noon())).orThrow())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHORIZATION))
        .hasMessage("QILIN-6001 this is not allowed");
  }

  @Test
  void whenATokenNamesRoles_thenOnlyThoseThatThePolicyTakesFromTokensCount() {
    Identity claims =
        Identity.of("bob").withRoleHints(Set.of("viewer", "trader", "admin", "nonsense"));
    AccessPolicy policy = trading("");

    assertThat(policy.rolesOf(claims)).containsExactly("viewer");
    assertThat(policy.decide(submit(claims, noon())).allowed()).isFalse();
    assertThat(
            policy.decide(new AccessRequest(claims, "read", "market/x", noon())).allowed())
        .isTrue();
  }

  @Test
  void whenARuleDenies_thenItWinsOverEveryThingThatAllows() {
    String allow = "{'id': 'all', 'effect': 'allow', 'permissions': ['*:**'], 'everyone': true}";
    String deny = "{'id': 'stop', 'effect': 'deny', 'permissions': ['submit:orders/**']}";

    assertThat(trading(allow + "," + deny).decide(submit(noon())))
        .isEqualTo(new Decision.Deny("stop", "the rule denies it"));
    assertThat(trading(allow).decide(submit(Identity.of("mallory"), noon())).rule())
        .isEqualTo("all");
  }

  @ParameterizedTest
  @CsvSource({"0.5, false", "0.50001, true", "0.9, true", "0, false"})
  void whenTrustIsKnown_thenTheBoundCounts(double trust, boolean allowed) {
    assertThat(trading(DENY_UNTRUSTED)
            .decide(submit(noon().withDevice("d", trust)))
            .allowed())
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whenAFigureIsNotFinite_thenDenyingRulesApplyAndAllowingOnesDoNot(double trust) {
    AccessContext context = noon().withDevice("d", trust);
    AccessPolicy allowing =
        trading("{'id': 'trusted', 'effect': 'allow', 'permissions': ['drop:**'], 'everyone': true,"
            + " 'when': {'figureAtLeast': {'deviceTrust': 0.5}}}");

    assertThat(trading(DENY_UNTRUSTED).decide(submit(context)).rule()).isEqualTo("device");
    assertThat(trading(DENY_UNTRUSTED).decide(submit(noon())).rule()).isEqualTo("device");
    assertThat(allowing.decide(new AccessRequest(Identity.of("x"), "drop", "it", context)))
        .isEqualTo(new Decision.Deny(
            "default", "the caller has no role that the policy knows, and no rule allows it"));
    assertThat(allowing
            .decide(new AccessRequest(Identity.of("x"), "drop", "it", noon().withDevice("d", 0.5)))
            .rule())
        .isEqualTo("trusted");
    assertThat(allowing
            .decide(new AccessRequest(Identity.of("alice"), "drop", "it", context))
            .reason())
        .isEqualTo("the condition of no allowing rule holds");
  }

  @Test
  void whenAConditionIsNegatedOrJoined_thenWhatIsNotKnownStaysNotKnown() {
    String not = "'not': {'contextIn': {'networkZone': ['office']}}";
    AccessPolicy deny = trading("{'id': 'outside', 'effect': 'deny', 'permissions': ['submit:**'],"
        + " 'when': {" + not + "}}");
    AccessPolicy either = trading("{'id': 'either', 'effect': 'deny', 'permissions': ['submit:**'],"
        + " 'when': {'any': [{'figureAtLeast': {'risk': 0.7}}, {" + not + "}]}}");
    AccessPolicy both = trading("{'id': 'both', 'effect': 'deny', 'permissions': ['submit:**'],"
        + " 'when': {'all': [{'figureAtLeast': {'risk': 0.7}}, {" + not + "}]}}");
    AccessContext office = noon().withAttribute("networkZone", "office");
    AccessContext home = noon().withAttribute("networkZone", "home");

    assertThat(deny.decide(submit(office)).allowed()).isTrue();
    assertThat(deny.decide(submit(home)).allowed()).isFalse();
    assertThat(deny.decide(submit(noon())).allowed()).isFalse();
    assertThat(either.decide(submit(office)).allowed()).isFalse();
    assertThat(either.decide(submit(office.withFigure("risk", 0.69))).allowed()).isTrue();
    assertThat(either.decide(submit(office.withFigure("risk", 0.7))).allowed()).isFalse();
    assertThat(both.decide(submit(office)).allowed()).isTrue();
    assertThat(both.decide(submit(home)).allowed()).isFalse();
    assertThat(both.decide(submit(home.withFigure("risk", 0.1))).allowed()).isTrue();
  }

  @Test
  void whenNoFreshSecondFactorIsThere_thenOneIsAskedFor() {
    AccessPolicy policy = trading(FRESH);
    Identity alice = Identity.of("alice");
    var asked = new Decision.StepUp(
        "fresh", "a fresh second factor is missing", Set.of("otp", "hwk"), Duration.ofSeconds(300));

    assertThat(policy.decide(submit(alice, noon()))).isEqualTo(asked);
    assertThat(policy.decide(submit(alice.withAuthentication(Set.of("pwd"), NOON), noon())))
        .isEqualTo(asked);
    assertThat(asked.allowed()).isFalse();
    assertThatThrownBy(asked::orThrow)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STEP_UP_REQUIRED))
        .hasMessageNotContaining("'fresh'");
    assertThat(policy.decide(submit(Identity.of("mallory"), noon())).rule()).isEqualTo("default");
  }

  @ParameterizedTest
  @CsvSource({"0, true", "300, true", "301, false", "-30, true", "-31, false"})
  void whenTheSecondFactorHasAnAge_thenTheBoundCounts(long seconds, boolean allowed) {
    Identity alice =
        Identity.of("alice").withAuthentication(Set.of("pwd", "otp"), NOON.minusSeconds(seconds));

    assertThat(trading(FRESH).decide(submit(alice, noon())).allowed()).isEqualTo(allowed);
  }

  @Test
  void whenTheAgeIsAbsurd_thenItIsNotFresh() {
    for (Instant at : List.of(Instant.MIN, Instant.MAX)) {
      Identity alice = Identity.of("alice").withAuthentication(Set.of("otp"), at);
      assertThat(trading(FRESH).decide(submit(alice, noon())).allowed()).isFalse();
    }
  }

  @Test
  void whenARuleNamesRolesOrSubjects_thenItIsAboutNobodyElse() {
    AccessPolicy roles =
        trading("{'id': 'r', 'effect': 'deny', 'permissions': ['submit:**'], 'roles': ['viewer']}");
    AccessPolicy subjects =
        trading("{'id': 's', 'effect': 'allow', 'permissions': ['drop:**'], 'subjects': ['bob']}");

    assertThat(roles.decide(submit(noon())).rule()).isEqualTo("r");
    assertThat(subjects
            .decide(new AccessRequest(Identity.of("bob"), "drop", "x", noon()))
            .rule())
        .isEqualTo("s");
    assertThat(subjects
            .decide(new AccessRequest(Identity.of("alice"), "drop", "x", noon()))
            .rule())
        .isEqualTo("default");
  }

  @Test
  void whenAConditionAsksForAttributesAddressesOrDevices_thenTheyAreCompared() {
    AccessPolicy policy =
        trading("{'id': 'x', 'effect': 'allow', 'permissions': ['drop:**'], 'everyone': true,"
            + " 'when': {'identityIn': {'desk': ['a', 'b']}, 'deviceIn': ['d1'],"
            + " 'addressIn': ['10.0.0.0/8', '2001:db8::/32'],"
            + " 'authenticated': {'methods': ['pwd'], 'maxAgeSeconds': 60}}}");
    Identity known = Identity.of("x")
        .withAttribute("desk", "b")
        .withAuthentication(Set.of("pwd"), NOON.minusSeconds(60));
    AccessContext inside = noon().withDevice("d1", 1).withAddress("10.1.2.3");

    assertThat(drop(policy, known, inside)).isTrue();
    assertThat(drop(policy, known, inside.withAddress("2001:db8::7"))).isTrue();
    assertThat(drop(policy, known, inside.withAddress("::ffff:10.1.2.3"))).isTrue();
    assertThat(drop(policy, known, inside.withAddress("11.1.2.3"))).isFalse();
    assertThat(drop(policy, known, inside.withAddress("localhost"))).isFalse();
    assertThat(drop(policy, known, noon().withDevice("d1", 1))).isFalse();
    assertThat(drop(policy, known, inside.withDevice("d2", 1))).isFalse();
    assertThat(drop(policy, known.withAttribute("desk", "c"), inside)).isFalse();
    assertThat(drop(policy, Identity.of("x").withAttribute("desk", "a"), inside))
        .isFalse();
  }

  private static boolean drop(AccessPolicy policy, Identity identity, AccessContext context) {
    return policy.decide(new AccessRequest(identity, "drop", "it", context)).allowed();
  }

  @Test
  void whenADecisionIsExplained_thenEveryRuleThatConcernsItIsThere() {
    String rules =
        "{'id': 'night', 'effect': 'allow', 'permissions': ['submit:**'], 'everyone': true,"
            + " 'when': {'figureAtLeast': {'risk': 0.1}}}," + FRESH + "," + DENY_UNTRUSTED
            + ",{'id': 'other', 'effect': 'deny', 'permissions': ['read:**']}";
    Explanation explained = trading(rules).explain(submit(noon().withDevice("d", 1)));

    assertThat(explained.decision().rule()).isEqualTo("fresh");
    assertThat(explained.revision()).isEqualTo(1);
    assertThat(explained.roles()).containsExactlyInAnyOrder("trader", "viewer");
    assertThat(explained.steps())
        .containsExactly(
            new Explanation.Step("role:trader", "ALLOW", "YES", true),
            new Explanation.Step("device", "DENY", "NO", false),
            new Explanation.Step("night", "ALLOW", "UNKNOWN", false),
            new Explanation.Step("fresh", "STEP_UP", "YES", true));
  }

  @Property(tries = 40)
  void whenADenyingRuleCovers_thenNoFigureMakesItAllowed(
      @ForAll double trust, @ForAll double risk) {
    AccessPolicy policy = trading(
        DENY_UNTRUSTED + ",{'id': 'never', 'effect': 'deny', 'permissions': ['submit:orders/*']}");
    AccessContext context = noon().withDevice("d", trust).withFigure("risk", risk);

    assertThat(policy.decide(submit(context)).allowed()).isFalse();
  }

  @Test
  void whenAPolicyIsEmptyOfRoles_thenAllIsDenied() {
    assertThat(policy("{'revision': 1, 'roles': {}}").decide(submit(noon())).allowed())
        .isFalse();
  }

  @Test
  void whenIdentitiesAndContextsArePrinted_thenTheirAttributesAreNot() {
    Identity identity = Identity.of("alice").withAttribute("desk", "hidden");
    AccessContext context =
        noon().withDevice("d1", 1).withAddress("10.0.0.1").withAttribute("a", "hidden");

    assertThat(submit(identity, context).toString())
        .isEqualTo("AccessRequest[Identity['alice'], submit:orders/600519.SH]");
    assertThat(context.toString()).isEqualTo("AccessContext[2026-11-27T04:00:00Z, 'd1']");
    assertThat(noon().toString()).endsWith("no device]");
    assertThatThrownBy(() -> Identity.of("")).hasMessageContaining("1 to 128");
    assertThatThrownBy(() -> Identity.of("a".repeat(129))).hasMessageContaining("129");
    assertThat(Identity.of("a".repeat(128)).subject()).hasSize(128);
  }
}
