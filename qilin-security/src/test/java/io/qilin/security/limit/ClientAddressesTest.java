package io.qilin.security.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.security.limit.ClientAddresses.Header;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressesTest {
  private static final List<String> PROXIES = List.of("10.0.0.0/8", "2001:db8:ffff::/48");

  private static String counted(ClientAddresses addresses, String peer, String... values) {
    try {
      LimitKey key = addresses.key(InetAddress.getByName(peer), List.of(values));
      assertThat(key.kind()).isEqualTo(LimitKey.Kind.ADDRESS);
      return key.value();
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9| 1.2.3.4| 203.0.113.9",
        "10.0.0.1| 1.2.3.4| 1.2.3.4",
        "10.0.0.1| 6.6.6.6, 1.2.3.4| 1.2.3.4",
        "10.0.0.1| 6.6.6.6, 1.2.3.4, 10.0.0.2| 1.2.3.4",
        "10.0.0.1| 6.6.6.6, rubbish, 10.0.0.2| 10.0.0.2",
        "10.0.0.1| unknown| 10.0.0.1",
        "10.0.0.1| 1.2.3.4,| 10.0.0.1",
        "10.0.0.1| 01.2.3.4| 10.0.0.1",
        "10.0.0.1| 1.2.3| 10.0.0.1",
        "10.0.0.1| 1.2.3.256| 10.0.0.1",
        "10.0.0.1| localhost| 10.0.0.1",
        "10.0.0.1| de.ad| 10.0.0.1",
        "10.0.0.1| 1.2.3.4:8080| 1.2.3.4",
        "10.0.0.1| 1.2.3.4:| 10.0.0.1",
        "10.0.0.1| 1.2.3.4:123456| 10.0.0.1",
        "10.0.0.1| [2001:db8:1:2::7]:80| 2001:db8:1:2:0:0:0:0/64",
        "10.0.0.1| [2001:db8:1:2::7]| 2001:db8:1:2:0:0:0:0/64",
        "10.0.0.1| 2001:db8:1:2:3:4:5:6| 2001:db8:1:2:0:0:0:0/64",
        "10.0.0.1| [1.2.3.4]:80| 10.0.0.1",
        "10.0.0.1| [2001:db8::7| 10.0.0.1",
        "10.0.0.1| [2001:db8::7]x| 10.0.0.1",
        "10.0.0.1| 2001:db8::7%eth0| 10.0.0.1",
        "10.0.0.1| ::ffff:1.2.3.4| 1.2.3.4",
        "::ffff:10.0.0.1| 1.2.3.4| 1.2.3.4",
        "2001:db8:ffff::1| 1.2.3.4| 1.2.3.4",
        "2001:db8:fffe::1| 1.2.3.4| 2001:db8:fffe:0:0:0:0:0/64",
        "10.0.0.1| 10.0.0.3, 10.0.0.2| 10.0.0.3"
      })
  void whenXForwardedForIsRead_thenTheLastHopThatIsNotTrustedCounts(
      String peer, String header, String expected) {
    assertThat(counted(ClientAddresses.behind(PROXIES, Header.X_FORWARDED_FOR), peer, header))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=1.2.3.4| 1.2.3.4",
        "For=\"1.2.3.4:80\";proto=https;by=10.0.0.1| 1.2.3.4",
        "proto=http; for=\"[2001:db8::7]:4711\"| 2001:db8:0:0:0:0:0:0/64",
        "for=6.6.6.6, for=1.2.3.4;by=x, for=10.0.0.2| 1.2.3.4",
        "for=\", for=1.2.3.4| 1.2.3.4",
        "for=_hidden| 10.0.0.1",
        "for=unknown| 10.0.0.1",
        "by=1.2.3.4| 10.0.0.1",
        "for=1.2.3.4;for=5.6.7.8| 10.0.0.1",
        "for=\"1.2.3.4| 10.0.0.1",
        "1.2.3.4| 10.0.0.1",
        "for=| 10.0.0.1"
      })
  void whenForwardedIsRead_thenItsNodesCount(String header, String expected) {
    assertThat(counted(ClientAddresses.behind(PROXIES, Header.FORWARDED), "10.0.0.1", header))
        .isEqualTo(expected);
  }

  @Test
  void whenAHeaderIsThereSeveralTimes_thenItIsOneList() {
    ClientAddresses addresses = ClientAddresses.behind(PROXIES, Header.X_FORWARDED_FOR);

    assertThat(counted(addresses, "10.0.0.1", "6.6.6.6", "1.2.3.4, 10.0.0.2")).isEqualTo("1.2.3.4");
    assertThat(counted(addresses, "10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(counted(addresses, "10.0.0.1", "6.6.6.6", "")).isEqualTo("10.0.0.1");
  }

  @Test
  void whenTheChainIsEndless_thenReadingEnds() {
    ClientAddresses addresses = ClientAddresses.behind(PROXIES, Header.X_FORWARDED_FOR);
    String hops = String.join(",", Collections.nCopies(31, "10.0.0.2"));

    assertThat(counted(addresses, "10.0.0.1", "1.2.3.4," + hops)).isEqualTo("1.2.3.4");
    assertThat(counted(addresses, "10.0.0.1", "1.2.3.4,10.0.0.3," + hops)).isEqualTo("10.0.0.3");
    assertThat(counted(addresses, "10.0.0.1", "x".repeat(1 << 20) + ",1.2.3.4"))
        .isEqualTo("1.2.3.4");
  }

  @Test
  void whenNoProxyIsTrusted_thenNoHeaderIsRead() {
    assertThat(counted(ClientAddresses.direct(), "10.0.0.1", "1.2.3.4")).isEqualTo("10.0.0.1");
    assertThat(counted(ClientAddresses.direct(), "2001:db8:1:2:3::1"))
        .isEqualTo(counted(ClientAddresses.direct(), "2001:db8:1:2:ffff::1"))
        .isNotEqualTo(counted(ClientAddresses.direct(), "2001:db8:1:3:3::1"));
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0/0", "::/0"})
  void whenEverybodyWouldBeTrusted_thenItIsRefused(String network) {
    assertThatThrownBy(() -> ClientAddresses.behind(List.of(network), Header.FORWARDED))
        .hasMessageContaining("cannot be trusted");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1/8",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "10.0.0.0/",
    "10.0.0.0/-1",
    "host/8",
    "::1/129",
    "''"
  })
  void whenANetworkIsNone_thenItIsRefused(String network) {
    assertThatThrownBy(() -> ClientAddresses.behind(List.of(network), Header.FORWARDED))
        .hasMessageContaining("QILIN-1001 not a network");
  }

  @Test
  void whenOneAddressIsTrusted_thenItsNeighbourIsNot() {
    ClientAddresses one =
        ClientAddresses.behind(List.of("10.0.0.1", "::1/128"), Header.X_FORWARDED_FOR);

    assertThat(counted(one, "10.0.0.1", "1.2.3.4")).isEqualTo("1.2.3.4");
    assertThat(counted(one, "10.0.0.2", "1.2.3.4")).isEqualTo("10.0.0.2");
    assertThat(counted(one, "::1", "1.2.3.4")).isEqualTo("1.2.3.4");
    assertThat(counted(one, "::2", "1.2.3.4")).isEqualTo("0:0:0:0:0:0:0:0/64");
  }
}
