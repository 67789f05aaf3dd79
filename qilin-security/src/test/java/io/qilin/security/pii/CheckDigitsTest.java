package io.qilin.security.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckDigitsTest {
  /** The example of GB 11643-1999, annex A. */
  @Test
  void whenTheStandardsOwnExampleIsChecked_thenItIsRight() {
    assertThat(CheckDigits.residentId("11010519491231002X".toCharArray())).isTrue();
    assertThat(CheckDigits.residentId("11010519491231002x".toCharArray())).isTrue();
    assertThat(CheckDigits.residentId("110105194912310020".toCharArray())).isFalse();
  }

  @Test
  void whenAnyDigitOfACardIsChanged_thenTheCheckDigitIsWrong() {
    String card = "4012888888881881";
    assertThat(CheckDigits.luhn(card.toCharArray(), 16)).isTrue();
    for (int i = 0; i < 16; i++) {
      char[] changed = card.toCharArray();
      changed[i] = changed[i] == '9' ? '0' : (char) (changed[i] + 1);
      assertThat(CheckDigits.luhn(changed, 16)).isFalse();
    }
  }

  @Test
  void whenAnyCharacterOfACreditCodeIsChanged_thenItIsWrong() {
    String code = "91500103J5Q3XP3X5X";
    assertThat(CheckDigits.creditCode(code.toCharArray())).isTrue();
    for (int i = 0; i < 18; i++) {
      char[] changed = code.toCharArray();
      changed[i] = changed[i] == '7' ? '8' : '7';
      assertThat(CheckDigits.creditCode(changed)).isFalse();
    }
    assertThat(CheckDigits.creditCode("9150010IJ5Q3XP3X5X".toCharArray())).isFalse();
    assertThat(CheckDigits.creditCode("91500103J5Q3XP3X5汉".toCharArray())).isFalse();
    assertThat(CheckDigits.creditCode("汉1500103J5Q3XP3X5X".toCharArray())).isFalse();
  }

  /** Of GB 32100-2015, table 1; {@code kinds} are those that the department registers. */
  @ParameterizedTest
  @CsvSource({
    "1,1239",
    "2,19",
    "3,123459",
    "4,19",
    "5,1239",
    "6,129",
    "7,129",
    "8,19",
    "9,123",
    "A,19",
    "N,1239",
    "Y,1",
    "B,''",
    "0,''",
    "M,''",
    "P,''"
  })
  void whenDepartmentsAreAsked_thenTheirKindsAreKnown(String department, String kinds) {
    for (char kind : "0123456789AY".toCharArray()) {
      char[] code = checked(department + kind + "500103J5Q3XP3X5");
      assertThat(CheckDigits.creditCode(code))
          .as(new String(code))
          .isEqualTo(kinds.indexOf(kind) >= 0);
    }
  }

  @Test
  void whenTheRegionOfACreditCodeIsNoneOrNoNumber_thenItIsWrong() {
    assertThat(CheckDigits.creditCode(checked("91500103J5Q3XP3X5"))).isTrue();
    assertThat(CheckDigits.creditCode(checked("91990103J5Q3XP3X5"))).isFalse();
    for (int i = 2; i < 8; i++) {
      char[] letter = "91500103J5Q3XP3X5".toCharArray();
      letter[i] = 'A';
      assertThat(CheckDigits.creditCode(checked(new String(letter)))).isFalse();
    }
  }

  /** The code with the check character that is right for it (GB 32100-2015, annex A). */
  private static char[] checked(String code) {
    String alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    int sum = 0;
    for (int i = 0, power = 1; i < 17; i++, power = power * 3 % 31) {
      sum += alphabet.indexOf(code.charAt(i)) * power;
    }
    return (code + alphabet.charAt((31 - sum % 31) % 31)).toCharArray();
  }

  @Test
  void whenAnOldIdentityNumberIsChecked_thenItsRegionAndDateDecide() {
    assertThat(CheckDigits.oldResidentId("110105491231002".toCharArray())).isTrue();
    assertThat(CheckDigits.oldResidentId("110105960229002".toCharArray())).isTrue();
    assertThat(CheckDigits.oldResidentId("990105491231002".toCharArray())).isFalse();
    assertThat(CheckDigits.oldResidentId("110105490230002".toCharArray())).isFalse();
    assertThat(CheckDigits.oldResidentId("110105000229002".toCharArray())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10,false", "11,true", "15,true", "16,false", "20,false", "21,true", "23,true", "24,false",
        "30,false", "31,true", "37,true",
    "38,false", "40,false", "41,true", "46,true", "47,false", "49,false", "50,true", "54,true",
        "55,false", "60,false", "61,true",
    "65,true", "66,false", "70,false", "71,true", "72,false", "80,false", "81,true", "83,true",
        "84,false"
  })
  void whenRegionsAreAsked_thenThoseOfTheStandardAreKnown(int region, boolean known) {
    assertThat(CheckDigits.region(region)).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({
    "1849,1,1,false",
    "1850,1,1,true",
    "2099,12,31,true",
    "2100,1,1,false",
    "2000,0,1,false",
    "2000,13,1,false",
    "2000,1,0,false",
    "2000,1,31,true",
    "2000,1,32,false",
    "2000,2,29,true",
    "1900,2,29,false",
    "2000,12,1,true"
  })
  void whenDatesAreAsked_thenRealOnesAreKnown(int year, int month, int day, boolean real) {
    assertThat(CheckDigits.date(year, month, day)).isEqualTo(real);
  }

  @ParameterizedTest
  @CsvSource({
    "4012888888881881,16,false,true",
    "4222222222222,13,false,true",
    "4222222222222,13,true,false",
    "4367421111111111111,19,true,true",
    "4563511111111111111,19,true,true",
    "4012881111111111111,19,true,false",
    "4012881111111111111,19,false,true",
    "40128811111111111,17,false,false",
    "2221001111111111,16,false,true",
    "2220991111111111,16,false,false",
    "2720991111111111,16,false,true",
    "2721001111111111,16,false,false",
    "22210011111111111,17,false,false",
    "340000000000000,15,false,true",
    "370000000000000,15,false,true",
    "3700000000000000,16,false,false",
    "3528000000000000,16,true,true",
    "3527000000000000,16,false,false",
    "3589000000000000,16,false,true",
    "3590000000000000,16,false,false",
    "35280000000000000,17,false,true",
    "35280000000000000,17,true,false",
    "30000000000000,14,false,true",
    "30590000000000,14,false,true",
    "30600000000000,14,false,false",
    "30950000000000,14,false,true",
    "36000000000000,14,false,true",
    "38000000000000,14,false,true",
    "39000000000000,14,false,true",
    "360000000000000,15,false,false",
    "5018000000000000,16,false,true",
    "5020000000000000,16,false,true",
    "5021000000000000,16,false,false",
    "5100000000000000,16,false,true",
    "5599000000000000,16,false,true",
    "51000000000000000,17,false,false",
    "5600000000000000,16,false,false",
    "6200000000000000,16,false,true",
    "620000000000000,15,false,false",
    "6011000000000000,16,false,true",
    "60110000000000000,17,false,false",
    "6440000000000000,16,false,true",
    "6499000000000000,16,false,true",
    "6439000000000000,16,false,false",
    "6500000000000000,16,false,true",
    "6013820000000000,16,false,true",
    "6013830000000000,16,false,false",
    "6304000000000000,16,false,true",
    "6759000000000000,16,false,true",
    "6763000000000000,16,false,true",
    "6764000000000000,16,false,false",
    "8100000000000000,16,false,true",
    "8200000000000000,16,false,false",
    "9558000000000000,16,false,true",
    "9559000000000000,16,false,true",
    "9560000000000000,16,false,false",
    "1000000000000000,16,false,false"
  })
  void whenPrefixesAreAsked_thenThoseOfTheSchemesAreKnown(
      String card, int length, boolean grouped, boolean known) {
    assertThat(CardPrefixes.known(card.toCharArray(), length, grouped)).isEqualTo(known);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
        "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3297"
      })
  void whenACoinAddressIsRight_thenItIsKnownAndNoneWithAnotherEnd(String address) {
    char last = address.charAt(address.length() - 1);
    assertThat(CoinAddresses.valid(address)).isTrue();
    assertThat(CoinAddresses.valid(
            address.substring(0, address.length() - 1) + (last == '2' ? '3' : '2')))
        .isFalse();
    assertThat(CoinAddresses.valid(address.substring(1))).isFalse();
  }
}
