module acme/music

go 1.21
