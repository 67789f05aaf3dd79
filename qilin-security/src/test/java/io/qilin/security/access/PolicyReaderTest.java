package io.qilin.security.access;

import static io.qilin.security.access.Policies.policy;
import static io.qilin.security.access.Policies.trading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[]| the policy is refused: it is not an object",
        "{'revision': 1}| its member 'roles' is missing",
        "{'roles': {}}| its member 'revision' is missing",
        "{'revision': 0, 'roles': {}}| the policy.revision is refused: it is not a whole number from 1",
        "{'revision': 1.5, 'roles': {}}| whole number",
        "{'revision': 9223372036854775808, 'roles': {}}| whole number",
        "{'revision': '1', 'roles': {}}| the policy.revision is refused: it is not a number",
        "{'revision': 1, 'roles': {}, 'rule': []}| there is no member 'rule'; did you mean 'rules'?",
        "{'revision': 1, 'roles': {'a': {'inherits': ['b']}}}| the policy.roles.a.inherits is refused: there is no role 'b'",
        "{'revision': 1, 'roles': {'a': {'inherits': ['a']}}}| the role 'a' is on a circle",
        "{'revision': 1, 'roles': {'c': {'inherits': ['a']}, 'a': {'inherits': ['b']}, 'b': {'inherits': ['a']}}}| the role 'a' is on a circle",
        "{'revision': 1, 'roles': {'a': {'permissions': ['x']}}}| the policy.roles.a.permissions[0]: QILIN-6003",
        "{'revision': 1, 'roles': {'a': {'permissions': []}}}| name a permission as action:resource",
        "{'revision': 1, 'roles': {'a': {'permissions': 'x:y'}}}| it is not an array",
        "{'revision': 1, 'roles': {'a': {'inherits': [1]}}}| the policy.roles.a.inherits[0] is refused: it is not a text",
        "{'revision': 1, 'roles': {'a': {}, 'b': {'inherits': ['a', 'a']}}}| the policy.roles.b.inherits[1] is refused: it is there twice",
        "{'revision': 1, 'roles': {'': {}}}| a name has 1 to 128 characters",
        "{'revision': 1, 'roles': {}, 'subjects': {'x': ['y']}}| the policy.subjects.x is refused: there is no role 'y'",
        "{'revision': 1, 'roles': {}, 'rolesFromTokens': ['y']}| there is no role 'y'",
        "{'revision': 1, 'revision': 2, 'roles': {}}| strict JSON",
        "{'revision': 1, 'roles': null}| it is not an object"
      })
  void whenAPolicyIsFaulty_thenTheRefusalSaysWhere(String json, String message) {
    assertThatThrownBy(() -> policy(json))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_REJECTED))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'effect': 'allow', 'permissions': ['a:b']| it allows and names nobody",
        "'effect': 'allow', 'permissions': ['a:b'], 'everyone': false| it is for nobody",
        "'effect': 'deny', 'permissions': ['a:b'], 'everyone': false| it is for nobody",
        "'effect': 'allow', 'permissions': ['a:b'], 'everyone': true, 'roles': ['viewer']| it is for everyone and names some",
        "'effect': 'allow', 'permissions': ['a:b'], 'everyone': 1| it is not true or false",
        "'effect': 'deny', 'permissions': ['a:b'], 'roles': []| its roles or subjects are empty",
        "'effect': 'deny', 'permissions': []| name a permission",
        "'effect': 'deny'| its member 'permissions' is missing",
        "'effect': 'dney', 'permissions': ['a:b']| there is no effect 'dney'; did you mean 'deny'?",
        "'effect': 'deny', 'permissions': ['a:b'], 'maxAgeSeconds': 1| there is no member 'maxAgeSeconds'",
        "'effect': 'stepUp', 'permissions': ['a:b'], 'methods': ['otp']| its member 'maxAgeSeconds' is missing",
        "'effect': 'stepUp', 'permissions': ['a:b'], 'methods': [], 'maxAgeSeconds': 1| name methods of RFC 8176",
        "'effect': 'stepUp', 'permissions': ['a:b'], 'methods': ['otp'], 'maxAgeSeconds': 0| from 1 to 86400",
        "'effect': 'stepUp', 'permissions': ['a:b'], 'methods': ['otp'], 'maxAgeSeconds': 86401| from 1 to 86400",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {}| it is empty",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'any': []}| it is empty",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'tme': {}}| there is no condition 'tme'; did you mean 'time'?",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'figureAtMost': {'x': 1e999}}| it is out of range",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'figureAtMost': {}}| it is empty",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'addressIn': ['10.0.0.1/8']}| not a network",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'addressIn': []}| it is empty",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'deviceIn': []}| it is empty",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'contextIn': {}}| it is empty",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'time': {'zone': 'Mars/X', 'from': '09:00', 'to': '10:00'}}| a zone such as",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'time': {'zone': 'UTC', 'from': '9', 'to': '10:00'}}| a time such as 09:15",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'time': {'zone': 'UTC', 'from': '09:00', 'to': '24:00'}}| a time such as 15:00",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'time': {'zone': 'UTC', 'from': '09:00', 'to': '09:00'}}| begins and ends at one time",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'time': {'zone': 'UTC', 'from': '09:00', 'to': '10:00', 'days': ['MONDY']}}| there is no day 'MONDY'; did you mean 'MONDAY'?",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'time': {'zone': 'UTC', 'from': '09:00', 'to': '10:00', 'days': []}}| it is empty",
        "'effect': 'deny', 'permissions': ['a:b'], 'when': {'authenticated': {'methods': ['pwd']}}| 'maxAgeSeconds' is missing"
      })
  void whenARuleIsFaulty_thenTheRefusalSaysWhere(String rule, String message) {
    assertThatThrownBy(() -> trading("{'id': 'r1', " + rule + "}"))
        .hasMessageContaining("QILIN-6003 the policy.rules[0]")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"default", "error", "unavailable"})
  void whenAnIdIsTaken_thenItIsRefused(String id) {
    assertThatThrownBy(
            () -> trading("{'id': '" + id + "', 'effect': 'deny', 'permissions': ['a:b']}"))
        .hasMessageContaining("rules[0].id is refused: this name is taken");
  }

  @Test
  void whenTwoRulesHaveOneId_thenTheSecondIsRefused() {
    String rule = "{'id': 'x', 'effect': 'deny', 'permissions': ['a:b']}";

    assertThatThrownBy(() -> trading(rule + "," + rule))
        .hasMessageContaining("the policy.rules[1].id is refused: another rule has this id");
  }

  @Test
  void whenRolesInheritInADiamond_thenThatIsNoCircle() {
    AccessPolicy policy = policy("{'revision': 1, 'roles': {'a': {'permissions': ['r:x']},"
        + "'b': {'inherits': ['a']}, 'c': {'inherits': ['a']}, 'd': {'inherits': ['b', 'c']}},"
        + "'subjects': {'u': ['d']}}");

    assertThat(policy.rolesOf(Identity.of("u"))).containsExactly("a", "b", "c", "d");
  }

  @Test
  void whenManyRolesInheritOneFromTheOther_thenTheyAreReadWithoutRecursion() {
    StringBuilder roles = new StringBuilder("'r0': {'permissions': ['r:x']}");
    for (int i = 1; i < 5_000; i++) {
      roles.append(",'r").append(i).append("': {'inherits': ['r").append(i - 1).append("']}");
    }
    AccessPolicy policy =
        policy("{'revision': 1, 'roles': {" + roles + "}, 'subjects': {'u': ['r4999']}}");

    assertThat(policy
            .decide(new AccessRequest(Identity.of("u"), "r", "x", Policies.noon()))
            .rule())
        .isEqualTo("role:r0");
  }

  @Test
  void whenAPolicyIsRead_thenItsDigestIsThatOfItsText() {
    AccessPolicy policy = policy("{'revision': 7, 'roles': {}}");

    assertThat(policy.revision()).isEqualTo(7);
    assertThat(policy.digest()).matches("[0-9a-f]{64}");
    assertThat(policy.digest())
        .isNotEqualTo(policy("{'revision': 8, 'roles': {}}").digest());
    assertThat(policy.toString()).startsWith("AccessPolicy[revision=7, digest=");
  }
}
