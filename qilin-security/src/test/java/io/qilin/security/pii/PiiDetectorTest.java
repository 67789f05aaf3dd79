package io.qilin.security.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PiiDetectorTest {
  private static final PiiDetector DETECTOR = PiiDetector.standard();

  /** Type, form, and the text with the finding in brackets of the form ⟦ ⟧; {@code ~} is an invisible character. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CN_ID|PLAIN|身份证：⟦110105191503257439⟧",
        "CN_ID|PLAIN|ID_⟦110105191503257439⟧_END",
        "CN_ID|PLAIN|号⟦44010619191227665x⟧。",
        "CN_ID|PLAIN|x⟦110105191503257439⟧y",
        "CN_ID|FORMATTED|客户⟦110105 19150325 7439⟧资金不足",
        "CN_ID|FORMATTED|客户⟦110105-1915-0325-7439⟧",
        "CN_ID|FULL_WIDTH|号⟦１１０１０５１９１５０３２５７４３９⟧",
        "CN_ID|ZERO_WIDTH|号⟦110105~191503257439⟧",
        "CN_ID|PLAIN|身份证⟦110105150325743⟧",
        "CN_ID|PLAIN|a1b⟦110105191503257439⟧",
        "USCC|PLAIN|代码⟦91500103J5Q3XP3X5X⟧",
        "USCC|PLAIN|代码⟦91500103j5q3xp3x5x⟧",
        "USCC|FULL_WIDTH|⟦９１５００１０３Ｊ５Ｑ３ＸＰ３Ｘ５Ｘ⟧",
        "IBAN|PLAIN|to ⟦DE89370400440532013000⟧.",
        "IBAN|FORMATTED|to ⟦DE89 3704 0044 0532 0130 00⟧.",
        "IBAN|PLAIN|⟦GB82WEST12345698765432⟧",
        "BANK_CARD|PLAIN|卡⟦6205226855970183⟧已",
        "BANK_CARD|FORMATTED|卡⟦6205 2268 5597 0183⟧已",
        "BANK_CARD|FORMATTED|卡⟦6228 4800 4528 9747 557⟧",
        "BANK_CARD|FORMATTED|卡⟦6228-4800-4528-9747-557⟧",
        "BANK_CARD|PLAIN|⟦5555555555554444⟧",
        "BANK_CARD|PLAIN|⟦378282246310005⟧",
        "BANK_CARD|FORMATTED|⟦3782 822463 10005⟧",
        "BANK_CARD|PLAIN|⟦30569309025904⟧",
        "BANK_CARD|PLAIN|⟦6759649826438453⟧",
        "BANK_CARD|PLAIN|卡号⟦6205226855970183⟧元",
        "CN_MOBILE|PLAIN|x⟦17770866142⟧y",
        "CN_MOBILE|FORMATTED|x⟦186-5985-0677⟧y",
        "CN_MOBILE|FORMATTED|x⟦186.5985.0677⟧y",
        "CN_MOBILE|FORMATTED|x⟦(+86)14994324292⟧y",
        "CN_MOBILE|FORMATTED|⟦+86 138 0013 8000⟧",
        "CN_MOBILE|FORMATTED|⟦008613800138000⟧",
        "CN_MOBILE|FORMATTED|⟦1 3 8 0 0 1 3 8 0 0 0⟧",
        "CN_MOBILE|ZERO_WIDTH|⟦138~0013~8000⟧",
        "CN_MOBILE|PLAIN|电话⟦13800138000⟧元",
        "CN_MOBILE|PLAIN|⟦18612345678⟧手机号",
        "CN_MOBILE|PLAIN|**⟦13800138000⟧**",
        "CN_LANDLINE|FORMATTED|电⟦010-62771234⟧",
        "CN_LANDLINE|FORMATTED|电⟦010-62771234-801⟧",
        "CN_LANDLINE|FORMATTED|⟦(010)62771234⟧",
        "CN_LANDLINE|PLAIN|电话⟦02162771234⟧",
        "CN_LANDLINE|FORMATTED|⟦+86 21 6277 1234⟧",
        "PHONE|FORMATTED|is ⟦(415) 555-0132⟧,",
        "PHONE|FORMATTED|is ⟦+44 20 7946 0958⟧",
        "CN_PASSPORT|PLAIN|护照⟦E16984773⟧",
        "CN_PASSPORT|PLAIN|护照⟦EA0335522⟧",
        "CN_PASSPORT|PLAIN|护照⟦G12345678⟧",
        "CN_PASSPORT|PLAIN|护照⟦141234567⟧",
        "CN_PASSPORT|PLAIN|通行证⟦H1234567801⟧",
        "SECURITIES_ACCOUNT|PLAIN|股东账号⟦A123456789⟧",
        "SECURITIES_ACCOUNT|PLAIN|股东代码⟦0123456789⟧",
        "CN_PLATE|PLAIN|车牌⟦苏AD93211⟧",
        "CN_PLATE|PLAIN|车牌⟦苏A12345D⟧",
        "CN_PLATE|PLAIN|车牌⟦川BJXL62⟧",
        "CN_PLATE|PLAIN|⟦京A·12345⟧",
        "CN_PLATE|PLAIN|⟦粤B1234学⟧",
        "US_SSN|FORMATTED|is ⟦078-05-1120⟧",
        "US_SSN|FORMATTED|ssn ⟦078 05 1120⟧",
        "CRYPTO_ADDRESS|PLAIN|⟦3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy⟧",
        "CRYPTO_ADDRESS|PLAIN|⟦bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq⟧",
        "MAC_ADDRESS|PLAIN|⟦00-1A-2B-3C-4D-5E⟧",
        "MAC_ADDRESS|PLAIN|⟦0a:23:f5:67:89:ac⟧",
        "MAC_ADDRESS|PLAIN|⟦0012.3456.789A⟧",
        "MAC_ADDRESS|PLAIN|⟦aa1b.3456.789A⟧",
        "IP|PLAIN|从⟦88.189.145.10⟧下单",
        "IP|PLAIN|IP⟦88.189.145.10⟧",
        "IP|PLAIN|⟦10.0.0.0/8⟧.",
        "IP|PLAIN|⟦10.0.0.0⟧/123",
        "IP|PLAIN|[⟦2001:db8::1⟧]:8080",
        "IP|PLAIN|⟦::ffff:192.0.2.1⟧",
        "IP|PLAIN|⟦0:0:0:0:0:FFFF:129.144.52.38⟧",
        "IP|PLAIN|⟦fe80::1/64⟧",
        "IP|PLAIN|⟦::1⟧",
        "EMAIL|PLAIN|用户 ⟦trader+ops@163.example⟧ 在",
        "EMAIL|PLAIN|邮箱⟦客服@mail.example.com.cn⟧",
        "EMAIL|PLAIN|⟦13800138000@example.com⟧",
        "EMAIL|PLAIN|to=⟦a_b@x.co⟧.",
        "EMAIL|PLAIN|⟦user@xn--80ak6aa92e.xn--p1ai⟧",
        "EMAIL|FULL_WIDTH|邮箱⟦wangwu８８@qilin.example.cn⟧",
        "EMAIL|PLAIN|邮箱地址⟦客服@mail.example.com⟧",
        "EMAIL|PLAIN|x ⟦_ab@x.co⟧",
        "EMAIL|PLAIN|x .⟦ab@x.co⟧",
        "EMAIL|PLAIN|⟦a@b.co⟧@c.com",
        "EMAIL|PLAIN|⟦a@b.co⟧- x",
        "EMAIL|PLAIN|⟦a@b.com⟧123",
        "EMAIL|PLAIN|⟦x@b.ai⟧5",
        "PHONE|FORMATTED|⟦+290 22158⟧",
        "PHONE|FORMATTED|⟦+29022158⟧",
        "PHONE|FORMATTED|tel:⟦+6834002⟧,",
        "PHONE|FORMATTED|\"value\":\"⟦+442079460958⟧\"",
        "PHONE|FORMATTED|电话金额⟦+29022158⟧",
        "CN_LANDLINE|FORMATTED|⟦0755-8277-1234⟧",
        "CN_LANDLINE|FORMATTED|⟦0755-82771234⟧",
        "CN_LANDLINE|FORMATTED|⟦0355-2021234⟧",
        "CN_LANDLINE|FORMATTED|⟦010-22345678⟧",
        "CN_LANDLINE|FORMATTED|⟦010-82345678⟧",
        "CN_LANDLINE|FORMATTED|⟦0355-2021234⟧转",
        "CN_LANDLINE|FORMATTED|⟦010-62771234转801⟧",
        "CN_LANDLINE|FORMATTED|⟦010-62771234转12345⟧",
        "CN_LANDLINE|FORMATTED|⟦010-62771234⟧转123456",
        "CN_LANDLINE|FORMATTED|⟦010-62771234转8⟧",
        "CN_PLATE|PLAIN|⟦苏Z12345⟧",
        "CN_PLATE|PLAIN|⟦苏z12345⟧",
        "CN_PLATE|PLAIN|⟦苏a12345⟧",
        "CN_PLATE|PLAIN|⟦粤B1234挂⟧",
        "CN_PLATE|PLAIN|⟦粤BA123学⟧",
        "CN_PLATE|PLAIN|⟦粤BDA1234⟧",
        "CN_MOBILE|FULL_WIDTH|电话⟦𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎⟧",
        "CN_MOBILE|FULL_WIDTH|𝄞⟦𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎⟧𝄞",
        "CN_MOBILE|PLAIN|😀😀 ⟦13800138000⟧😀",
        "CN_MOBILE|ZERO_WIDTH|😀 ⟦138~0013~8000⟧",
        "CN_MOBILE|PLAIN|~~⟦13800138000⟧~~",
      })
  void whenATextHoldsPersonalData_thenItIsFoundWithItsPlaceAndForm(
      PiiType type, PiiForm form, String marked) {
    String text = marked.replace('~', '\u200b');
    int start = text.indexOf('⟦');
    int end = text.indexOf('⟧') - 1;
    String plain = text.replace("⟦", "").replace("⟧", "");

    assertThat(DETECTOR.find(plain)).containsExactly(new PiiFinding(start, end, type, form));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "成交额16924351979.30元",
        "成交量13321600315手",
        "成交量 13912345678 股",
        "13912345678万元",
        "turnover 13912345678 yuan",
        "\"volume\":13812345678",
        "totalVolume=13812345678",
        "订单号13812345678",
        "order id: 13812345678",
        "涨 0.13812345678",
        "ISIN CNE733355551",
        "ISIN CNE1000005P7",
        "sha256:f8c0768b7911148dee1439b83e73de53f9b8b49a6f313fcb7b09d0a1db487446",
        "epoch_ns=1736908637474726281",
        "code 113101156MAWREMAR4",
        "id 00000000000000000X",
        "tel 12345678901",
        "@茅台 @五粮液",
        "path a@b",
        "a@b..com",
        "@b.com",
        "成交编号586293288550185195",
        "委托号 650102191910203518",
        "时间戳20250115140533",
        "流水号6225886770276180",
        "版本 v2.6.98",
        "版本 1.2.3.4",
        "v1.2.3.4",
        "1.2.3.4.5",
        "256.1.1.1",
        "IP192.168.1.1text",
        "因子值 0.630953217987449352",
        "1748503543012",
        "6205226855970184",
        "6205226855970183.50",
        "6205 22 6855970183",
        "110105191502307439",
        "110105191503257438",
        "990105191503257439",
        "1101051915032574391",
        "138001380001",
        "uuid 550e8400-e29b-41d4-a716-446655440000",
        "0000-13800138-000",
        "手机尾号138****8000",
        "2024-06-05 09:30:00.123",
        "684D:1111:222:3333:4444:5555:77",
        "2001:db8::1::2",
        "FF:FF:FF:FF:FF:FF",
        "00:00:00:00:00:00",
        "12:34:56",
        "E1234567",
        "E123456789",
        "EI1234567",
        "订单 E12345678X",
        "A123456789",
        "0123456789",
        "666-12-1234",
        "000-12-1234",
        "900-12-1234",
        "078-00-1120",
        "078-05-0000",
        "078 05 1120",
        "新A股市场",
        "京A1234I5",
        "京A123",
        "16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ2",
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdp",
        "DE89370400440532013001",
        "400-810-8888",
        "a@-b.co",
        "root@localhost",
        "a@b.COM123",
        "x@b.c",
        "x@b.c1",
        "a+442079460958",
        "0755-82-77-1234",
        "07558-2771234",
        "0155-2021234",
        "026-62771234",
        "010-12345678",
        "010-92345678",
        "+99912345678",
        "29022158",
        "净流入+29022158元",
        "+29022158 shares",
        "amount=+29022158",
        "+29022158.50",
        "+442079460958.5",
        "+683400",
        "+4410000000",
        "川BJXLMN",
        "粤BAB12学",
        "京A123456",
        "京AX12345",
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdb",
        "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNL0",
        "3zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "(415) 5550132",
        "(41) 5555 0132",
      })
  void whenATextHoldsNumbersOfOtherKinds_thenNothingIsFound(String text) {
    assertThat(DETECTOR.find(text)).isEmpty();
  }

  @Test
  void whenAnAddressIsLongerThanAllowed_thenWhatIsAllowedIsFound() {
    String most = "a".repeat(64) + "@x.co";
    String domain = "c".repeat(60) + ".";

    assertThat(DETECTOR.find(most)).containsExactly(email(0, 69));
    assertThat(DETECTOR.find("b" + most)).containsExactly(email(1, 70));
    assertThat(DETECTOR.find("客".repeat(65) + "@x.co")).containsExactly(email(1, 70));
    assertThat(DETECTOR.find("a@" + domain.repeat(4) + "companies"))
        .containsExactly(email(0, 2 + 253));
    assertThat(DETECTOR.find("a@" + domain.repeat(4) + "companiesx"))
        .containsExactly(email(0, 2 + 4 * 61 - 1));
    assertThat(DETECTOR.find("a@x.co." + "1".repeat(300))).containsExactly(email(0, 6));
  }

  private static PiiFinding email(int start, int end) {
    return new PiiFinding(start, end, PiiType.EMAIL, PiiForm.PLAIN);
  }

  @Test
  void whenCharactersAreInvisibleOrHalf_thenTheyHideNothingUnlessTheyAreMany() {
    String some = "\u200b".repeat(31);

    assertThat(DETECTOR.find("138" + some + "00138000"))
        .containsExactly(new PiiFinding(0, 42, PiiType.CN_MOBILE, PiiForm.ZERO_WIDTH));
    assertThat(DETECTOR.find("138\u200b" + some + "00138000")).isEmpty();
    assertThat(DETECTOR.find(some + "13800138000" + some))
        .containsExactly(new PiiFinding(31, 42, PiiType.CN_MOBILE, PiiForm.PLAIN));
    assertThat(DETECTOR.find("\ud83d13800138000\ud83d"))
        .containsExactly(new PiiFinding(1, 12, PiiType.CN_MOBILE, PiiForm.PLAIN));
  }

  /** Every kind of number of every region of the numbering plans, as it is written in one piece and after its country code. */
  @Test
  void whenAnInternationalNumberIsOfAnyCountry_thenItIsFound() {
    PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    int tried = 0;
    for (String region : plans.getSupportedRegions()) {
      for (PhoneNumberType type : plans.getSupportedTypesForRegion(region)) {
        PhoneNumber number = plans.getExampleNumberForType(region, type);
        if (number != null) {
          String digits = plans.format(number, PhoneNumberFormat.E164).substring(1);
          int country = Integer.toString(number.getCountryCode()).length();
          if (digits.length() >= 7) {
            tried++;
            assertWhole("+" + digits);
            assertWhole("+" + digits.substring(0, country) + " " + digits.substring(country));
            assertWhole("(+" + digits.substring(0, country) + ")" + digits.substring(country));
          }
        }
      }
    }
    assertThat(tried).isGreaterThan(500);
  }

  /** All digits are found; +1 and ten digits may look like a mobile number of China, which has no plus sign. */
  private static void assertWhole(String number) {
    int first = 2 + number.lastIndexOf('+') + 1;
    assertThat(DETECTOR.find("x " + number + ", y")).as(number).singleElement().satisfies(found -> {
      assertThat(found.start()).isBetween(2, first);
      assertThat(found.end()).isEqualTo(2 + number.length());
    });
  }

  @Test
  void whenSeveralStandInOneText_thenAllAreFoundInOrder() {
    String text = "id=430102190411253001&phone=008613389893679&t=1736900000 mail a.b@c.io,10.1.2.3";

    assertThat(DETECTOR.find(text))
        .extracting(PiiFinding::type)
        .containsExactly(PiiType.CN_ID, PiiType.CN_MOBILE, PiiType.EMAIL, PiiType.IP);
  }

  @Test
  void whenANumberIsPartOfAnAddress_thenTheAddressIsFound() {
    assertThat(DETECTOR.find("13800138000@163.com"))
        .containsExactly(new PiiFinding(0, 19, PiiType.EMAIL, PiiForm.PLAIN));
  }

  @Test
  void whenATypeIsNotAskedFor_thenItIsNotFound() {
    PiiDetector cards =
        PiiDetector.builder().types(EnumSet.of(PiiType.BANK_CARD)).build();

    assertThat(cards.find("13800138000 6205226855970183"))
        .containsExactly(new PiiFinding(12, 28, PiiType.BANK_CARD, PiiForm.PLAIN));
  }

  @Test
  void whenNamesAreGiven_thenTheLongestIsFoundAndLatinOnesAsWords() {
    PiiDetector names =
        PiiDetector.builder().names(Set.of("王明", "王明强", "Ann Lee")).build();

    assertThat(names.find("联系人：王明强，Ann Lee, JoAnn Leeds 王明"))
        .containsExactly(
            new PiiFinding(4, 7, PiiType.NAME, PiiForm.PLAIN),
            new PiiFinding(8, 15, PiiType.NAME, PiiForm.PLAIN),
            new PiiFinding(29, 31, PiiType.NAME, PiiForm.PLAIN));
  }

  @Test
  void whenDatesAndWebAddressesAreAskedFor_thenTheyAreFoundBesideTheRest() {
    PiiDetector all = PiiDetector.builder()
        .types(EnumSet.of(PiiType.URL, PiiType.DATE, PiiType.CN_MOBILE))
        .build();

    assertThat(
            all.find("see https://a.example/x?y=13800138000 on 2024-05-06 or 13800138000, x.com"))
        .extracting(PiiFinding::type)
        .containsExactly(PiiType.CN_MOBILE, PiiType.DATE, PiiType.CN_MOBILE, PiiType.URL);
    assertThat(all.find("on 5-MAY-2021, 2024-03-15T14:30:00Z"))
        .extracting(PiiFinding::start)
        .containsExactly(3, 15);
  }

  @Test
  void whenTheSettingsAreWrong_thenTheyAreRefused() {
    List<Runnable> wrong = List.of(
        () -> PiiDetector.builder().types(Set.of()),
        () -> PiiDetector.builder().names(Set.of("A")),
        () -> PiiDetector.builder().names(Set.of("A".repeat(33))),
        () -> new PiiFinding(-1, 2, PiiType.IP, PiiForm.PLAIN),
        () -> new PiiFinding(2, 2, PiiType.IP, PiiForm.PLAIN));

    for (Runnable one : wrong) {
      assertThatThrownBy(one::run)
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
    assertThat(PiiDetector.builder().names(Set.of("AB", "A".repeat(32))).build().find("AB"))
        .hasSize(1);
  }

  /** What looks like the beginning of something at every place; a pass that is not linear does not end in the test's time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 ",
        "13800138000",
        "6205 ",
        "a@",
        "@a.",
        "1.",
        "::",
        "1:",
        "a1",
        "A-",
        "京A",
        "(",
        "+86 ",
        "0",
        "*1"
      })
  void whenATextIsHostile_thenTheScanEnds(String part) {
    String text = part.repeat(60_000 / part.length());

    List<PiiFinding> findings = DETECTOR.find(text);

    for (int i = 1; i < findings.size(); i++) {
      assertThat(findings.get(i).start())
          .isGreaterThanOrEqualTo(findings.get(i - 1).end());
    }
  }
}
