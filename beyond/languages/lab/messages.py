"""What the services are asked, and what becomes of it in each language."""

MALFORMED, DOMAIN = "malformed", "domain"

# An operation, its parameters as bytes, and a result, or how it is refused.
SAME = [
    ("process", b'{"input":42}', {"processed": True, "value": 84}),
    ("process", b'{"input":-0}', {"processed": True, "value": 0}),
    ("process", b'{"input":1073741823}', {"processed": True, "value": 2147483646}),
    ("process", b'{"input":-1073741824}', {"processed": True, "value": -2147483648}),
    ("process", b'{"input":1073741824}', DOMAIN),
    ("process", b'{"input":-2147483648}', DOMAIN),
    ("process", b'{"input":2147483648}', MALFORMED),
    ("process", b'{"input":3000000000}', MALFORMED),
    ("process", b'{"input":9007199254740993}', MALFORMED),
    ("process", b'{"input":18446744073709551658}', MALFORMED),
    ("process", b'{"input":' + b"9" * 5000 + b"}", MALFORMED),
    ("process", b'{"input":42.5}', MALFORMED),
    ("process", b'{"input":42.0}', MALFORMED),
    ("process", b'{"input":4.2e1}', MALFORMED),
    ("process", b'{"input":42E0}', MALFORMED),
    ("process", b'{"input":-0.0}', MALFORMED),
    ("process", b'{"input":1e400}', MALFORMED),
    ("process", b'{"input":NaN}', MALFORMED),
    ("process", b'{"input":042}', MALFORMED),
    ("process", b'{"input":true}', MALFORMED),
    ("process", b'{"input":"42"}', MALFORMED),
    ("process", b'{"input":null}', MALFORMED),
    ("process", b'{"input":[42]}', MALFORMED),
    ("process", b"{}", MALFORMED),
    ("process", b"[]", MALFORMED),
    ("process", b"42", MALFORMED),
    ("process", b"null", MALFORMED),
    ("process", b'{"Input":42}', MALFORMED),
    ("process", b'{"__proto__":{"input":42}}', MALFORMED),
    ("process", b'{"input":1,"input":42}', {"processed": True, "value": 84}),
    ("process", b'{"weight":1.5,"input":42,"unit":"2.5e3 \\" 1.5"}', {"processed": True, "value": 84}),
    ("process", b'{"weight":NaN,"input":42}', MALFORMED),
    ("process", b'{"weight":1.5.5,"input":42}', MALFORMED),
    ("validate", b'{"processed":true,"value":84}', {"valid": True}),
    ("validate", b'{"value":84,"processed":true}', {"valid": True}),
    ("validate", b'{"processed":false,"value":84}', {"valid": False}),
    ("validate", b'{"processed":true,"value":-1}', {"valid": False}),
    ("validate", b'{"processed":1,"value":84}', MALFORMED),
    ("validate", b'{"processed":true,"value":true}', MALFORMED),
    ("validate", b'{"processed":false,"value":42.5}', MALFORMED),
    ("transform", b'{"value":84}', {"original": 84, "transformed": "Value-0084"}),
    ("transform", b'{"value":-14}', {"original": -14, "transformed": "Value--014"}),
    ("transform", b'{"value":-9999}', {"original": -9999, "transformed": "Value--9999"}),
    ("transform", b'{"value":-0}', {"original": 0, "transformed": "Value-0000"}),
    ("transform", b'{"value":10000}', DOMAIN),
    ("transform", b'{"value":-10000}', DOMAIN),
    ("analyze", b'{"original":84,"transformed":"Value-0084"}', {"analysis": "Analysis: 84 maps to Value-0084"}),
    ("analyze", b'{"transformed":"1.5","original":84}', {"analysis": "Analysis: 84 maps to 1.5"}),
    ("analyze", '{"original":84,"transformed":"é😀"}'.encode(), {"analysis": "Analysis: 84 maps to é😀"}),
    ("analyze", b'{"original":84,"transformed":"\\ud83d\\ude00"}', {"analysis": "Analysis: 84 maps to 😀"}),
    ("analyze", b'{"original":84,"transformed":"a\\u0000b"}', {"analysis": "Analysis: 84 maps to a\0b"}),
    ("analyze", b'{"original":84,"transformed":"\\ud800"}', MALFORMED),
    ("analyze", b'{"original":84,"transformed":"\xff"}', MALFORMED),
    ("analyze", b'{"original":84,"transformed":"\xc0\x80"}', MALFORMED),
    ("analyze", b'{"original":84,"transformed":"\xed\xa0\x80"}', MALFORMED),
    ("analyze", b'{"original":84,"transformed":84}', MALFORMED),
]

# Where the other languages were left as they are: a member that nobody asks for holds half a character.
OTHERWISE = [("process", b'{"unit":"\\ud800","input":42}', {"C++": MALFORMED, "Python": "result", "JavaScript": "result"})]

# What the schema allows, and no service takes: to JSON Schema a number without a fraction is an integer, however it is
# written. It says nothing of half a character either.
SCHEMA_ALLOWS = [b'{"input":42.0}', b'{"input":4.2e1}', b'{"input":42E0}', b'{"input":-0.0}',
                 b'{"original":84,"transformed":"\\ud800"}']
