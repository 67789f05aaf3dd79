package io.qilin.security.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PiiRedactorTest {
  private static final PiiRedactor MASKING = PiiRedactor.masking();

  private static String json(PiiRedactor redactor, String text) {
    return redactor.json(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageNotContaining("13800138000")
        .hasNoCause();
  }

  @Test
  void whenNothingIsSet_thenAllPersonalDataIsMasked() {
    assertThat(MASKING.text("call 13812345678 or a.b@c.io"))
        .isEqualTo("call 138****5678 or a**@c.io");
    assertThat(MASKING.text("nothing")).isEqualTo("nothing");
    for (PiiType type : PiiType.values()) {
      assertThat(PiiPolicy.masking().action(type)).isEqualTo(PiiAction.MASK);
    }
  }

  @Test
  void whenAKindHasAnAction_thenItIsAppliedToTheOriginal() {
    List<String> seen = new ArrayList<>();
    PiiPolicy policy = PiiPolicy.builder()
        .type(PiiType.CN_MOBILE, PiiAction.ENCRYPT)
        .type(PiiType.EMAIL, PiiAction.TOKENIZE)
        .type(PiiType.CN_ID, PiiAction.HASH)
        .type(PiiType.IP, PiiAction.DROP)
        .type(PiiType.BANK_CARD, PiiAction.KEEP)
        .build();
    PiiRedactor redactor = PiiRedactor.builder(policy)
        .protector(PiiAction.ENCRYPT, (field, original) -> {
          seen.add(field + "=" + original);
          return "<E>";
        })
        .protector(PiiAction.TOKENIZE, (field, original) -> "<T>")
        .protector(PiiAction.HASH, (field, original) -> "<H>")
        .build();

    assertThat(redactor.text(
            "13812345678,a@b.io,110105191503257439,10.1.2.3,6205226855970183,京A12345"))
        .isEqualTo("<E>,<T>,<H>,,6205226855970183,京A****5");
    assertThat(json(redactor, "{\"u\":[{\"a~/\":\"x13812345678y\"}]}"))
        .isEqualTo("{\"u\":[{\"a~/\":\"x<E>y\"}]}");
    assertThat(seen).containsExactly("=13812345678", "/u/0/a~0~1=13812345678");
  }

  @Test
  void whenAFieldHasARule_thenItGoesBeforeTheKindAndTakesTheWholeValue() {
    PiiPolicy policy = PiiPolicy.builder()
        .field("phone", PiiAction.KEEP)
        .field("/users/*/name", PiiAction.MASK)
        .field("/users/0/note", PiiAction.DROP)
        .field("id_card", PiiAction.TOKENIZE)
        .field("address", PiiAction.MASK)
        .build();
    PiiRedactor redactor = PiiRedactor.builder(policy)
        .protector(PiiAction.TOKENIZE, (field, original) -> "t(" + original + ")")
        .build();

    assertThat(
            json(
                redactor,
                "{\"Phone\":\"13812345678\",\"users\":[{\"name\":\"Zhang 3\",\"note\":\"x\"},{\"name\":\"\",\"note\":\"y\"}],"
                    + "\"idCard\":7,\"address\":{\"city\":\"Bei 1\"},\"id-card\":[1],\"users2\":{\"name\":\"Li\"},\"address2\":null}"))
        .isEqualTo(
            "{\"Phone\":\"13812345678\",\"users\":[{\"name\":\"***** *\"},{\"name\":\"\",\"note\":\"y\"}],"
                + "\"idCard\":\"t(7)\",\"address\":\"{\\\"****\\\":\\\"*** *\\\"}\",\"id-card\":\"t([1])\",\"users2\":{\"name\":\"Li\"},"
                + "\"address2\":null}");
    assertThat(json(redactor, "{\"address\":\"13812345678\"}"))
        .isEqualTo("{\"address\":\"138****5678\"}");
  }

  @Test
  void whenAValueIsNested_thenTextsNumbersAndNamesAreRedacted() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("phone", new BigDecimal("13812345678"));
    value.put("mobile", 13812345678L);
    value.put("volume", 13812345678L);
    value.put("13812345678", Arrays.asList(true, null, 1.5, new StringBuilder("13812345679")));
    value.put("13899995678", "b");

    assertThat(MASKING.value(value))
        .hasToString(
            "{phone=138****5678, mobile=138****5678, volume=13812345678, 138****5678=[true, null, 1.5, 138****5679],"
                + " 138****5678#2=b}");
  }

  @Test
  void whenJsonIsRedacted_thenItIsJsonWithTheSameMeaning() {
    assertThat(json(MASKING, " { \"a\" : [ 1.50 , true , null , \"x\\ny\" ] } "))
        .isEqualTo("{\"a\":[1.50,true,null,\"x\\ny\"]}");
    assertThat(json(MASKING, "\"13812345678\"")).isEqualTo("\"138****5678\"");
    assertThat(json(MASKING, "{\"phone\":1.3812345678e10}"))
        .isEqualTo("{\"phone\":\"138****5678\"}");
    refused(ErrorCode.INPUT_REJECTED, () -> json(MASKING, "{\"a\":1,\"a\":\"13800138000\"}"));
  }

  /** Nineteen bytes that would be half a gigabyte if they were written out. */
  @Test
  void whenANumberHasALargeExponent_thenItIsNotWrittenOut() {
    String numbers = "[6.5200864E+455202086,1E-455202079,13812345678,1E+255,1E+256]";

    assertThat(json(MASKING, numbers))
        .isEqualTo("[6.5200864E+455202086,1E-455202079,\"138****5678\",1E+255,1E+256]");
  }

  @Test
  void whenAProtectorFails_thenNothingIsPassedOn() {
    PiiPolicy policy =
        PiiPolicy.builder().type(PiiType.CN_MOBILE, PiiAction.ENCRYPT).build();
    List<FieldProtector> failing = List.of(
        (field, original) -> null,
        (field, original) -> "",
        (field, original) -> original,
        (field, original) -> {
          throw new IllegalStateException("cannot encrypt " + original);
        });

    for (FieldProtector protector : failing) {
      PiiRedactor redactor =
          PiiRedactor.builder(policy).protector(PiiAction.ENCRYPT, protector).build();
      refused(ErrorCode.SECURITY_UNAVAILABLE, () -> redactor.text("x 13800138000"));
    }
  }

  @Test
  void whenAnActionHasNoProtector_thenTheRedactorIsNotBuilt() {
    for (PiiAction action : List.of(PiiAction.ENCRYPT, PiiAction.TOKENIZE, PiiAction.HASH)) {
      refused(
          ErrorCode.INVALID_CONFIGURATION,
          () -> PiiRedactor.builder(PiiPolicy.builder().type(PiiType.IP, action).build())
              .build());
      refused(
          ErrorCode.INVALID_CONFIGURATION,
          () -> PiiRedactor.builder(PiiPolicy.builder().field("a", action).build())
              .build());
      refused(
          ErrorCode.INVALID_CONFIGURATION,
          () -> PiiRedactor.builder(PiiPolicy.builder().field("/a", action).build())
              .build());
    }
    for (PiiAction action : List.of(PiiAction.MASK, PiiAction.DROP, PiiAction.KEEP)) {
      refused(
          ErrorCode.INVALID_ARGUMENT,
          () ->
              PiiRedactor.builder(PiiPolicy.masking()).protector(action, (field, original) -> "x"));
    }
  }

  @Test
  void whenAValueIsOfAnotherClass_thenItIsRefusedAndNotPassedOn() {
    refused(ErrorCode.INVALID_ARGUMENT, () -> MASKING.value(List.of("13800138000".toCharArray())));
    refused(ErrorCode.INVALID_ARGUMENT, () -> MASKING.value(Map.of(1, "x")));
    Map<String, Object> self = new HashMap<>();
    self.put("self", self);
    refused(ErrorCode.LIMIT_EXCEEDED, () -> MASKING.value(self));
  }
}
