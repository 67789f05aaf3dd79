/** Passwords of people, stored as slow salted hashes: start with {@link io.qilin.security.password.PasswordHasher}. */
@NullMarked
package io.qilin.security.password;

import org.jspecify.annotations.NullMarked;
