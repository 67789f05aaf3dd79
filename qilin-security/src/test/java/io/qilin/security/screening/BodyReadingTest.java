package io.qilin.security.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which texts of a request are screened, and under which names: a check of the host is handed each of them. */
class BodyReadingTest {
  private final List<String> seen = new ArrayList<>();

  private final RequestScreener screener = RequestScreener.builder()
      .check((part, field, text) -> {
        seen.add(part + " " + field + "=" + text);
        return 0;
      })
      .build();

  private List<String> seen(RequestPart part) {
    return seen.stream()
        .filter(one -> one.startsWith(part + " "))
        .map(one -> one.substring(part.toString().length() + 1))
        .toList();
  }

  private List<String> body(String type, String body) {
    seen.clear();
    screener.screen(ScreenedRequest.builder("POST", "/a")
        .header("Content-Type", type)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .build());
    return seen(RequestPart.BODY);
  }

  private List<String> text(String text) {
    seen.clear();
    screener.screenText("f", text);
    return seen(RequestPart.BODY);
  }

  private List<String> all(String text) {
    text(text);
    return List.copyOf(seen);
  }

  @Test
  void whenABodyIsXml_thenItsTextsAttributesAndSectionsAreScreenedByName() {
    assertThat(body("text/xml", "<a b='one' c=\"two\">three<d/>four</a>five"))
        .containsExactly("b=one", "c=two", "=three", "=four", "=five");
    assertThat(body("application/x+xml", "<a><!--one--><![CDATA[two]]><?three four?></a>"))
        .containsExactly("=one", "=two", "=<?three four");
    assertThat(body("text/xml", "<?xml version='1.0'?><a>one</a>")).containsExactly("=one");
    assertThat(body("", "<?xml version='1.0'?><a b='one'/>")).containsExactly("b=one");
    assertThat(body("text/xml", "<a><!DOCTYPE one>two</a>"))
        .containsExactly("=DOCTYPE one", "=two");
    assertThat(body("text/xml", "one<a")).containsExactly("=one");
    assertThat(body("text/xml", "<a b='one")).containsExactly("b=one");
    assertThat(body("text/xml", "<a><!--one")).containsExactly("=one");
    assertThat(body("text/xml", "<a><![CDATA[one")).containsExactly("=one");
    assertThat(body("text/xml", "<a><?one")).containsExactly("=<?one");
    assertThat(body("text/xml", "<!ENTITY one")).containsExactly("=ENTITY one");
    assertThat(body("text/xml", "<a></a one")).isEmpty();
    assertThat(body("text/xml", "<a 'one'/>")).containsExactly("=one");
    assertThat(body("text/xml", "<a> \n </a>")).isEmpty();
  }

  @Test
  void whenABodyIsAFormOfParts_thenNamesHeadersAndContentsAreScreenedByName() {
    String type = "multipart/form-data; boundary=b";
    String disposition = "Content-Disposition: form-data; name=";
    assertThat(body(type, "--b\r\n" + disposition + "\"f\"\r\n\r\none\r\n--b--"))
        .containsExactly("f=f", "f=one");
    assertThat(body(type, "--b\r\n" + disposition + "f; x=y\r\n\r\none\r\n--b--"))
        .containsExactly("f=f", "f=one");
    assertThat(body(type, "--b\r\n" + disposition + "f\r\nX-A: two\r\n\r\none\r\n--b--"))
        .containsExactly("f=f", "f=X-A: two", "f=one");
    assertThat(
            body(type, "--b\n" + disposition + "f\n\none\n--b\n" + disposition + "g\n\ntwo\n--b--"))
        .containsExactly("f=f", "f=one", "g=g", "g=two");
    assertThat(body(type, "--b\n" + disposition + "f; filename=n.csv\n\none\n--b--"))
        .containsExactly("f=f", "f=n.csv");
    assertThat(body(type, "--b\n" + disposition + "\"f\n\none")).containsExactly("f=f", "f=one");
    assertThat(body(
            "multipart/form-data; boundary=\"b\"; x=y", "--b\n" + disposition + "f\n\none\n--b--"))
        .containsExactly("f=f", "f=one");
    assertThat(
            body("multipart/form-data; boundary=b; x=y", "--b\n" + disposition + "f\n\none\n--b--"))
        .containsExactly("f=f", "f=one");
    assertThat(body("multipart/form-data", "one")).containsExactly("=one");
    assertThat(body("multipart/form-data; boundary=\"b", "one")).containsExactly("=one");
  }

  @Test
  void whenABodyIsJson_thenNamesAndTextsAreScreenedByName() {
    assertThat(body(
            "application/json",
            "{\"na\":\"one\",\"nb\" : [\"two\",{\"nc\":\"\\u0033x\"}],\"nd\":-1.5E+3}"))
        .containsExactly("na=na", "na=one", "nb=nb", "nb=two", "nc=nc", "nc=3x", "nd=nd");
    assertThat(body("application/json-seq", "[\"one\"\n,\t\"two\"\r]"))
        .containsExactly("=one", "=two");
    for (String literal :
        List.of("true", "false", "null", "0", "9", "-1", "+1", ".5", "1E5", "1e5")) {
      assertThat(body("application/json", "[" + literal + ",\"one\"]")).containsExactly("=one");
    }
    for (String other : List.of("trua", "falsy", "nul", "nulls", "zero", "a", "A", "/", ";")) {
      assertThat(body("application/json", "[" + other + "]")).containsExactly("=[" + other + "]");
    }
    assertThat(body("", "x{\"na\":1}")).containsExactly("=x{\"na\":1}");
    assertThat(body("", " \t\r\n")).containsExactly("= \t\r\n");
  }

  @Test
  void whenABodyIsAFormOrUntyped_thenItsPairsAreScreened() {
    assertThat(body("application/x-www-form-urlencoded", "a+b=c+d&&e&=f&g="))
        .containsExactly("a b=a b", "a b=c d", "e=e", "=", "=f", "g=g", "g=");
    assertThat(body("", "one=two")).containsExactly("=one=two", "one=one", "one=two");
    assertThat(body("", "=two")).containsExactly("==two", "=", "=two");
    assertThat(body("", "one")).containsExactly("=one");
    assertThat(body("text/plain; charset=utf-8", "one=two")).containsExactly("=one=two");
  }

  @Test
  void whenATextIsADocumentByItself_thenItIsTakenApart() {
    assertThat(all("{\"na\":\"one\"}")).anyMatch(one -> one.endsWith("na=one"));
    assertThat(all("<?xml version='1.0'?><a b='one'/>"))
        .singleElement()
        .asString()
        .endsWith("b=one");
    assertThat(all("--b\nContent-Disposition: form-data; name=f\n\none\n--b--"))
        .anyMatch(one -> one.endsWith("f=one"));
    assertThat(all("--b one")).singleElement().asString().endsWith("f=--b one");
    assertThat(all("<a b='one'/>")).singleElement().asString().endsWith("f=<a b='one'/>");
  }

  @Test
  void whenARequestHasHeadersCookiesAndAQuery_thenEachIsScreenedByName() {
    seen.clear();
    screener.screen(ScreenedRequest.builder("GET", "/p?q=one&r")
        .header("X-A", "two")
        .header("Cookie", "c=three; d; e=four;")
        .build());
    assertThat(seen(RequestPart.PATH)).containsExactly("=/p");
    assertThat(seen(RequestPart.QUERY)).containsExactly("q=q", "q=one", "r=r");
    assertThat(seen(RequestPart.HEADER)).containsExactly("x-a=X-A", "x-a=two");
    assertThat(seen(RequestPart.COOKIE))
        .containsExactly("c=c", "c=three", "d=d", "e=e", "e=four", "=c=three; d; e=four;");
  }

  @Test
  void whenPartsAttributesOrCookiesAreTooMany_thenTheLimitIsNamed() {
    RequestScreener small = RequestScreener.builder()
        .limits(new ScreeningLimits(1000, 1000, 1000, 3, 5, 10, 1000))
        .build();
    String part = "--b\nContent-Disposition: form-data; name=f\n\none\n";
    assertThat(rules(small, "multipart/form-data; boundary=b", part.repeat(3) + "--b--"))
        .isEmpty();
    assertThat(rules(small, "multipart/form-data; boundary=b", part.repeat(4) + "--b--"))
        .containsExactly("LIMIT-PARAMETERS");
    assertThat(rules(small, "text/xml", "<a/>".repeat(10))).isEmpty();
    assertThat(rules(small, "text/xml", "<a/>".repeat(11))).containsExactly("LIMIT-VALUES");
    assertThat(cookies(small, "a=1; b=2; c=3")).isEmpty();
    assertThat(cookies(small, "a=1; b=2; c=3; d=4")).containsExactly("LIMIT-PARAMETERS");
  }

  private static List<String> rules(RequestScreener screener, String type, String body) {
    return screener
        .screen(ScreenedRequest.builder("POST", "/")
            .header("Content-Type", type)
            .body(body.getBytes(StandardCharsets.UTF_8))
            .build())
        .findings()
        .stream()
        .map(Finding::rule)
        .toList();
  }

  private static List<String> cookies(RequestScreener screener, String value) {
    return screener
        .screen(ScreenedRequest.builder("GET", "/").header("Cookie", value).build())
        .findings()
        .stream()
        .map(Finding::rule)
        .toList();
  }
}
