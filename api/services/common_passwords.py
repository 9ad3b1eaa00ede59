"""The commonest passwords and the words that most bad ones are made of, in lower case.

Two lists: 30,000 leaked passwords in a file (its source stands beside it), and what we add to them, passwords
of ten characters at least and the words that people lengthen with a few digits to get there.
"""

import gzip
from pathlib import Path

_WHOLE = """
0000000000 00000000000 000000000000 0123456789 01234567890 0987654321 1029384756 1111111111 11111111111
111111111111 1112223334 1122334455 112233445566 1212121212 1231231231 123123123123 1234512345 12345123456
1234554321 123456123456 1234567890 12345678900 12345678901 123456789012 1234567890123 123456789a 123456789abc
123456789q 123456789qwe 1234567891 12345678910 123456789123 1234567899 1234567890a 1234567890q 1234567890qwertyuiop
1234qwer1234 1234qwerasdf 123454321a 1357924680 1357913579 147258369 1472583690 147852369 1478523690 159357159357
1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc 2222222222
3141592653 31415926535 314159265358979 3333333333 4444444444 5555555555 6666666666 741852963 7418529630 7777777777
789456123 7894561230 8888888888 9876543210 98765432100 987654321a 9999999999 a123456789 a1234567890 a1b2c3d4e5
a1b2c3d4e5f6 aa12345678 aaaaaaaaaa abc1234567 abc12345678 abc123456789 abcabcabc1 abcd123456 abcd12345678
abcde12345 abcdef123456 abcdefghij abcdefghijk abcdefghijkl asd123456789 asdasdasd1 asdasdasdasd asdfasdfasdf
asdfghjkl1 asdfghjkl123 asdfghjkl; asdfjkl123 asdf123456 azertyuiop azerty12345 basketball1 billgates1 bismillah1
changeme123 changemenow correcthorsebatterystaple football123 fuckyou123 gfhjkm12345 godisgood1 hellohello
helloworld helloworld1 iloveyou12 iloveyou123 iloveyou1234 iloveyou2much iloveyouso iloveyousomuch jesuschrist
jesusislord jordan12345 letmein1234 letmeinnow letmeinplease liverpoolfc loveyou123 manchester manchesterunited
michaeljackson michelle123 mypassword mypassword1 nopassword notapassword onetwothree opensesame ournewcar
p4ssw0rd123 pa55word123 pass123456 pass1234567 passpass123 passpasspass password01 password10 password11 password12
password123 password1234 password12345 password123456 passwordpassword pokemon123 princess12 princess123
q1w2e3r4t5 q1w2e3r4t5y6 qazwsx1234 qazwsx12345 qazwsxedc1 qazwsxedcrfv qazwsxedcrfvtgb qqqqqqqqqq qwe123456789
qweasdzxc1 qweasdzxc123 qweasdqweasd qweqweqwe1 qwer123456 qwer1234qwer qwerasdfzxcv qwert12345 qwerty1234
qwerty12345 qwerty123456 qwerty123456789 qwertyqwerty qwertyuiop qwertyuiop1 qwertyuiop10 qwertyuiop123
qwertyuiop[] qwertyuiopasdfghjkl sandiego619 secret12345 sunshine123 superman123 testing123 testtest12 testtesttest
thepassword thisismypassword tinkerbell trustno1123 unbelievable user123456 verysecret1 volkswagen welcome1234
welcome2024 welcome2025 welcome2026 whatever12 whatever123 xxxxxxxxxx yourpassword zaq12wsxcde3 zaq1zaq1zaq1
zaq1xsw2cde3 zxcvbnm123 zxcvbnm1234 zxcvbnm12345 zxcvbnmasd zxcvbnmasdfghjkl zxcvbnm,./ zzzzzzzzzz
"""
_WORDS = """
abc abcd abcdef access admin administrator alexander amanda andrew angel angels anthony apple arsenal asdf asdfgh
asdfghjkl ashley august austin autumn babygirl bailey banana barcelona baseball basketball batman beautiful blink
bubbles buster butterfly calling carlos champion charlie cheese chelsea chicken chocolate chris computer cookie
corvette cowboys dallas daniel david dealer dealership dealsmart december default diamond donald dragon eagles
elizabeth eminem family ferrari flower football forever freedom friday friends fuckyou garfield george ginger
google guest guitar hannah harley heather hello hockey hottie hunter iloveyou iloveu internet jackson january
jasmine jasper jennifer jessica jesus jordan joseph joshua justin killer killme ladybug letmein liverpool login
london lovely loveme lover lucky maggie manager marina martin master matrix matthew melissa mercedes merlin michael
michelle mickey monday monkey monster mustang naruto nicholas nicole nothing november oliver orange passw password
passport patrick peanut pepper player please pokemon porsche princess purple qazwsx qwer qwert qwerty qwertz
qwertyuiop rachel raiders rainbow ranger richard robert rockyou samantha samsung saturday scooter secret september
shadow silver single slipknot snoopy soccer sophie spiderman spring starwars steelers summer sunday sunshine
superman sweety taylor teamo tennis test tester testing thomas thunder thursday tigger tinkerbell trustno toyota
tuesday user vanessa victoria wednesday welcome whatever william winner winter wizard yamaha yankees yellow zxcvbn
zxcvbnm
"""

_SHORTEST_WORD = 6  # a shorter one with four characters around it has fewer than ten


def _leaked() -> frozenset[str]:
    file = Path(__file__).parent / "common_passwords_data" / "leaked.txt.gz"
    return frozenset(gzip.decompress(file.read_bytes()).decode().split())


LEAKED = _leaked()
WHOLE = LEAKED | frozenset(_WHOLE.split())
WORDS = frozenset(_WORDS.split()) | {word for word in LEAKED if word.isalpha() and len(word) >= _SHORTEST_WORD}
