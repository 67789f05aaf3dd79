package io.qilin.ops.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.net.URI;
import org.junit.jupiter.api.Test;

class BoundedCallTest {
  /** Chat systems put the secret of a webhook into its path or its query. */
  @Test
  void whenAnAddressIsShown_thenNothingThatMayBeASecretIsInIt() {
    assertThat(BoundedCall.place(URI.create(
            "https://open.example.cn:8443/open-apis/bot/v2/hook/canary?key=canary#canary")))
        .isEqualTo("https://open.example.cn:8443");
    assertThat(BoundedCall.place(URI.create("http://[::1]/canary"))).isEqualTo("http://[::1]");
  }

  @Test
  void whenAnAddressIsNone_thenItIsRefusedWithoutItsSecrets() {
    for (String text : new String[] {"https://me:canary@host/", "ftp://host/canary", "canary"}) {
      assertThatThrownBy(() -> BoundedCall.place(URI.create(text)))
          .isInstanceOf(QilinException.class)
          .hasMessageNotContaining("canary");
    }
  }
}
