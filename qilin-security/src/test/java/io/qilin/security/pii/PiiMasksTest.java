package io.qilin.security.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiiMasksTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CN_MOBILE|13812345678|138****5678",
        "CN_MOBILE|138-1234-5678|138-****-5678",
        "CN_MOBILE|(+86)13812345678|(+**)138****5678",
        "CN_MOBILE|0086 138 1234 5678|**** 138 **** 5678",
        "CN_MOBILE|１３８１２３４５６７８|１３８****５６７８",
        "CN_MOBILE|138~1234~5678|138****5678",
        "CN_ID|110105191503257439|110***********7439",
        "CN_ID|110105 19150325 7439|110*** ******** 7439",
        "CN_ID|44010619191227665x|440***********665x",
        "USCC|91500103J5Q3XP3X5X|91************3X5X",
        "IBAN|DE89 3704 0044 0532 0130 00|DE** **** **** **** **30 00",
        "BANK_CARD|6205226855970183|************0183",
        "CN_LANDLINE|010-62771234|010-******34",
        "CN_LANDLINE|+86 21 6277 1234|+** 21 6*** **34",
        "PHONE|(415) 555-0132|(***) ***-0132",
        "CN_PASSPORT|E16984773|E*****773",
        "SECURITIES_ACCOUNT|A123456789|A******789",
        "CN_PLATE|京A12345|京A****5",
        "CN_PLATE|沪AD12345|沪A*****5",
        "US_SSN|078-05-1120|***-**-1120",
        "MAC_ADDRESS|00-1A-2B-3C-4D-5E|00-1A-**-**-**-**",
        "IP|88.189.145.10|88.189.***.**",
        "IP|192.168.100.1/24|*92.168.***.*/24",
        "IP|2001:db8::1|2001:***::*",
        "IP|::1|::*",
        "EMAIL|zhang@x.com|zha**@x.com",
        "EMAIL|abcd@x.com|abc*@x.com",
        "EMAIL|abc@x.com|a**@x.com",
        "EMAIL|a@x.com|*@x.com",
        "EMAIL|客服@x.com|客*@x.com",
        "EMAIL|a@12345678.com|*@*2345678.com",
        "NAME|王明强|王**",
        "NAME|Ann Lee|A** ***",
        "URL|http://a.com/|****://*.***/",
        "DATE|2024-05-06|****-**-**",
        "CRYPTO_ADDRESS|3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy|3J98**************************WNLy",
      })
  void whenAFindingIsMasked_thenItsFormStaysAndLittleElse(PiiType type, String text, String mask) {
    assertThat(PiiMasks.mask(text.replace('~', '\u200b'), type)).isEqualTo(mask);
  }

  @Test
  void whenAWholeFieldIsMasked_thenNothingIsLeft() {
    assertThat(PiiMasks.whole("Zhang San, 12")).isEqualTo("***** ***, **");
    assertThat(PiiMasks.whole("\u200b")).isEqualTo("*");
  }
}
